// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the README compiles and prints what the README says, as a program of its own. */
class ReadmeProgramRootTest {
    @Test
    void theProgramPrintsWhatTheReadmeSays(@TempDir Path directory) throws IOException, InterruptedException {
        String readme = Files.readString(readme());
        Path source = Files.writeString(directory.resolve("Hello.java"), block(readme, "java"));
        String classPath = System.getProperty("java.class.path");
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", directory.toString(), "-cp", classPath, source.toString());
        assertEquals(0, compiled, "javac's exit code");

        Process program = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        directory + ":" + classPath,
                        "Hello"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        program.getOutputStream().close();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(block(readme, ""), printed);
        assertEquals(0, program.waitFor());
    }

    /** Returns the first fenced block of that language; the one without a language is what the program prints. */
    private static String block(String readme, String language) {
        String program = "```java\n";
        int from = language.isEmpty() ? readme.indexOf(program) + program.length() : 0;
        Matcher matcher = Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(language.isEmpty() ? readme.substring(readme.indexOf("```\n", from) + 4) : readme);
        if (!matcher.find()) {
            throw new AssertionError("the README has no block ```" + language);
        }
        return matcher.group(1);
    }

    private static Path readme() {
        return Path.of(System.getProperty("basedir", "."), "..", "README.md");
    }
}
