// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A source tree with the project's own scripts, but with a JDK and a Maven that are a few lines of shell: the JDK's java
 * prints its arguments, the Maven notes that it was called and assembles dist/ as the real one does.
 */
final class SourceTree {
    private static final String JAVA = """
            #!/bin/sh
            for argument; do
                case $argument in
                    -XX:AOTCacheOutput=*)
                        [ -e "$0.fails" ] && exit 1
                        echo cache >"${argument#*=}" ;;
                esac
            done
            echo "$LC_ALL $CAISSON_CALLER_LC_ALL" >"$0.locale"
            printf '<%s>' "$@"
            echo
            """;

    private static final String MAVEN = """
            #!/bin/sh
            root=$(dirname "$0")/../tree
            echo "$*" >>"$0.calls"
            echo "a line on stdout"
            echo "[ERROR] a line that tells why" >&2
            [ ! -p "$0.gate" ] || { echo >"$0.arrived"; read -r go <"$0.gate"; }
            [ ! -e "$0.fails" ] || exit 1
            mkdir -p "$root/dist/lib"
            : >"$root/target/class-path"
            exec "$root/build-tools/dist.sh" "$root/dist" "$root/pom.xml" "$root/target/class-path" \\
                "$(date -u +%Y%m%d%H%M%S%3N)" "$JAVA_HOME"
            """;

    private static final List<String> WATCHED_FILES = List.of(
            "pom.xml",
            ".mvn/jvm.config",
            "driver-api/pom.xml",
            "driver-api/src/main/java/A.java",
            "driver-api/src/test/java/ATest.java",
            "driver-native/pom.xml",
            "driver-native/src/main/java/B.java",
            "native/pom.xml",
            "native/Makefile",
            "native/include/a.h",
            "native/src/a.c",
            "cli/pom.xml",
            "cli/src/main/java/C.java");

    private final Path directory;

    SourceTree(Path directory) throws IOException {
        this.directory = directory;
        Path project = Path.of(System.getProperty("caisson.root"));
        for (String script : List.of("caisson", "check")) {
            copy(project.resolve(script), root().resolve(script));
        }
        for (String part : List.of("build-tools", "cli/src/dist")) {
            copyAll(project.resolve(part), root().resolve(part));
        }
        for (String file : WATCHED_FILES) {
            write(root().resolve(file), file);
        }
        script(directory.resolve("bin/mvn"), MAVEN);
        script(directory.resolve("bin/apt-get"), "#!/bin/sh\nexit 100\n");
        jdk("jdk", "25.0.9", "25.0.9+3-LTS");
        // As long ago as a checkout is: the moment of the build is later by more than a clock's step.
        try (Stream<Path> all = Files.walk(root())) {
            for (Path path : all.toList()) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now().minusSeconds(60)));
            }
        }
    }

    Path root() {
        return directory.resolve("tree");
    }

    /** Makes a JDK of a version, in a directory beside the tree. */
    Path jdk(String name, String version, String runtimeVersion) throws IOException {
        Path home = directory.resolve(name);
        script(home.resolve("bin/java"), JAVA);
        script(home.resolve("bin/javac"), "#!/bin/sh\n");
        write(
                home.resolve("release"),
                "IMPLEMENTOR=\"Somebody\"\nJAVA_RUNTIME_VERSION=\"" + runtimeVersion + "\"\nJAVA_VERSION=\"" + version
                        + "\"\n");
        return home;
    }

    Path mavenFile(String suffix) {
        return directory.resolve("bin/mvn." + suffix);
    }

    Path javaFile(String suffix) {
        return directory.resolve("jdk/bin/java." + suffix);
    }

    int builds() throws IOException {
        Path calls = mavenFile("calls");
        return Files.exists(calls) ? Files.readAllLines(calls).size() : 0;
    }

    Script script(Map<String, String> more) {
        Map<String, String> environment = new TreeMap<>(Map.of(
                "PATH",
                directory.resolve("bin") + ":" + System.getenv("PATH"),
                "JAVA_HOME",
                directory.resolve("jdk").toString()));
        environment.putAll(more);
        return new Script(directory, environment);
    }

    Outcome caisson(String... arguments) throws IOException, InterruptedException {
        return run("caisson", arguments);
    }

    Outcome check(String... arguments) throws IOException, InterruptedException {
        return run("check", arguments);
    }

    private Outcome run(String script, String... arguments) throws IOException, InterruptedException {
        String[] command = Stream.concat(Stream.of(root() + "/" + script), Stream.of(arguments))
                .toArray(String[]::new);
        return script(Map.of()).run(command);
    }

    private static void copyAll(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void script(Path file, String content) throws IOException {
        write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
