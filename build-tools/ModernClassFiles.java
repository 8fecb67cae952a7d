// SPDX-License-Identifier: Apache-2.0

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * Copies a jar and gives its class files that are older than Java 6 the version of Java 8 and the stack maps that go with
 * it. The JDK archives no older ones in an ahead-of-time cache, since they are verified by the old verifier; picocli's are
 * of Java 5, and make up most of what the command line loads (measured: 125 ms to its first line before, 85 ms after).
 */
final class ModernClassFiles {
    private static final int JAVA_6 = 50;
    private static final int JAVA_8 = 52;

    public static void main(String[] args) throws IOException {
        try (JarFile source = new JarFile(args[0]);
                JarOutputStream target = new JarOutputStream(Files.newOutputStream(Path.of(args[1])))) {
            ClassFile classFile = ClassFile.of(
                    StackMapsOption.GENERATE_STACK_MAPS,
                    ConstantPoolSharingOption.NEW_POOL,
                    ClassHierarchyResolverOption.of(hierarchyOf(source)));
            for (JarEntry entry : Collections.list(source.entries())) {
                byte[] content = read(source, entry);
                target.putNextEntry(new JarEntry(entry.getName()));
                target.write(entry.getName().endsWith(".class") ? modern(classFile, content) : content);
                target.closeEntry();
            }
        }
    }

    private static byte[] modern(ClassFile classFile, byte[] content) {
        ClassModel model = classFile.parse(content);
        if (model.majorVersion() >= JAVA_6) {
            return content;
        }
        return classFile.transformClass(
                model,
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen(ClassTransform.endHandler(built -> built.withVersion(JAVA_8, 0))));
    }

    /** The stack maps need the common superclass of two types: of the jar's own classes first, then of the JDK's. */
    private static ClassHierarchyResolver hierarchyOf(JarFile source) {
        return ClassHierarchyResolver.ofResourceParsing((ClassDesc type) -> open(source, type))
                .orElse(ClassHierarchyResolver.defaultResolver());
    }

    private static InputStream open(JarFile source, ClassDesc type) {
        String descriptor = type.descriptorString();
        JarEntry entry = source.getJarEntry(descriptor.substring(1, descriptor.length() - 1) + ".class");
        try {
            return entry == null ? null : source.getInputStream(entry);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(JarFile source, JarEntry entry) throws IOException {
        try (InputStream content = source.getInputStream(entry)) {
            return content.readAllBytes();
        }
    }

    private ModernClassFiles() {}
}
