// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads what the tests of all modules left below a source tree: {@code <module>/target/surefire-reports/TEST-*.xml} of
 * JUnit and {@code <module>/target/test/*.tap} of C, and what JUnit said in virtual machines, each of which is like a
 * module in {@code target/guest/runs}. Prints each failed test, each reason for which tests were skipped with their number,
 * and as the last line {@code N passed, M failed, K skipped}.
 *
 * <p>Arguments: the source tree, then one text for each thing that failed outside the tests: they count as failed.
 * Exit code 0 only if something passed and nothing failed.
 */
final class TestReport {
    private static final int LONGEST = 300;

    private final List<String> failed = new ArrayList<>();
    private final Map<String, Integer> skipped = new TreeMap<>();
    private int passed;

    public static void main(String[] args) throws Exception {
        TestReport report = new TestReport();
        report.failed.addAll(List.of(args).subList(1, args.length));
        Path root = Path.of(args[0]);
        for (Path file : find(root, "surefire-reports", "TEST-", ".xml")) {
            report.readSurefire("", file);
        }
        Path guests = root.resolve("target").resolve("guest").resolve("runs");
        for (Path file : Files.isDirectory(guests) ? find(guests, "surefire-reports", "TEST-", ".xml") : List.<Path>of()) {
            report.readSurefire("guest " + guests.relativize(file).getName(0) + ": ", file);
        }
        for (Path file : find(root, "test", "", ".tap")) {
            report.readTap(file);
        }
        System.exit(report.print() ? 0 : 1);
    }

    private static List<Path> find(Path root, String directory, String prefix, String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path reports = module.resolve("target").resolve(directory);
                if (Files.isDirectory(reports)) {
                    try (Stream<Path> files = Files.list(reports)) {
                        files.filter(file -> file.getFileName().toString().startsWith(prefix)
                                        && file.getFileName().toString().endsWith(suffix))
                                .forEach(found::add);
                    }
                }
            }
        }
        found.sort(null);
        return found;
    }

    private void readSurefire(String where, Path file) throws Exception {
        DocumentBuilder builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        NodeList cases = builder.parse(file.toFile()).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            Element test = (Element) cases.item(i);
            String name = where + test.getAttribute("classname") + "." + test.getAttribute("name");
            if (first(test, "failure") instanceof Element failure) {
                failed.add(name + ": " + summary(failure));
            } else if (first(test, "error") instanceof Element error) {
                failed.add(name + ": " + summary(error));
            } else if (first(test, "skipped") instanceof Element skip) {
                skip(reason(skip));
            } else {
                passed++;
            }
        }
    }

    private static Element first(Element test, String tag) {
        return (Element) test.getElementsByTagName(tag).item(0);
    }

    /** What went wrong, in one line: the message up to the stack trace, of which a long one is cut. */
    private static String summary(Element problem) {
        String message = problem.getAttribute("message");
        String text = message.isBlank() ? problem.getTextContent() : problem.getAttribute("type") + ": " + message;
        String line = text.lines()
                .takeWhile(part -> !part.startsWith("\tat ") && !part.startsWith("at "))
                .map(String::strip)
                .collect(Collectors.joining(" | "));
        return cut(line);
    }

    private static String cut(String line) {
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /** A disabled test has its reason as message; one whose assumption fails has an exception as text. */
    private static String reason(Element skip) {
        String text = skip.getAttribute("message").isBlank() ? skip.getTextContent() : skip.getAttribute("message");
        String line = text.strip().lines().findFirst().orElse("");
        for (String noise : List.of("org.opentest4j.TestAbortedException: ", "Assumption failed: ")) {
            line = line.startsWith(noise) ? line.substring(noise.length()) : line;
        }
        return cut(line);
    }

    /** TAP: "ok 1 - name", "not ok 2 - name", "ok 3 - name # SKIP reason", and a plan "1..3" that must be kept. */
    private void readTap(Path file) throws IOException {
        int planned = -1;
        int ran = 0;
        for (String line : Files.readAllLines(file)) {
            if (line.startsWith("1..")) {
                planned = Integer.parseInt(line.substring(3).split("[^0-9]", 2)[0]);
            } else if (line.startsWith("not ok")) {
                ran++;
                failed.add(file.getFileName() + ": " + line);
            } else if (line.startsWith("ok")) {
                ran++;
                int skip = line.indexOf("# SKIP");
                if (skip >= 0) {
                    skip(line.substring(skip + "# SKIP".length()).strip());
                } else {
                    passed++;
                }
            }
        }
        if (ran != planned) {
            failed.add(file.getFileName() + ": " + ran + " tests ran, " + (planned < 0 ? "none" : planned) + " planned");
        }
    }

    private void skip(String reason) {
        skipped.merge(reason.isBlank() ? "no reason given" : reason.strip(), 1, Integer::sum);
    }

    private boolean print() {
        failed.forEach(line -> System.out.println("FAILED " + line));
        skipped.forEach((reason, count) -> System.out.println("skipped " + count + ": " + reason));
        int skips = skipped.values().stream().mapToInt(Integer::intValue).sum();
        System.out.println(passed + " passed, " + failed.size() + " failed, " + skips + " skipped");
        return passed > 0 && failed.isEmpty();
    }

    private TestReport() {}
}
