// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.DriverContext.Lifetime;
import dev.caisson.driver.tck.Refusals.Verdict;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Gives each behaviour a {@link Kit} of its own, turns it into its refusal where something lacks, and looks for leaks. */
final class KitExtension implements BeforeEachCallback, AfterEachCallback, ParameterResolver, InvocationInterceptor {
    private static final Namespace NAMESPACE = Namespace.create(KitExtension.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        DriverTck tck = (DriverTck) context.getRequiredTestInstance();
        Needs needs = context.getRequiredTestMethod().getAnnotation(Needs.class);
        Refusals.assumeObservable(needs, tck.machine());
        Bench bench = ofClass(context).getOrComputeIfAbsent(Bench.class, key -> Bench.open(), Bench.class);
        Measures measures = Measures.of(context::getConfigurationParameter);
        bench.warmUp(tck, measures);
        context.getStore(NAMESPACE)
                .put(Session.class, bench.session(tck, measures, lifetime(context.getRequiredTestMethod())));
    }

    private static Lifetime lifetime(Method behaviour) {
        return behaviour.isAnnotationPresent(Lasting.class) ? Lifetime.LASTING : Lifetime.TIED;
    }

    /** A store of a test method is its own: what is kept there is gone after it. */
    private static Store ofClass(ExtensionContext context) {
        ExtensionContext owner = context;
        while (owner.getTestMethod().isPresent()) {
            owner = owner.getParent().orElseThrow();
        }
        return owner.getStore(NAMESPACE);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Session session = context.getStore(NAMESPACE).remove(Session.class, Session.class);
        if (session != null) {
            session.close();
        }
    }

    private static Session session(ExtensionContext context) {
        return context.getStore(NAMESPACE).get(Session.class, Session.class);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Kit.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return session(context).kit();
    }

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, method.getExecutable(), context);
    }

    @Override
    public void interceptTestTemplateMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        intercept(invocation, method.getExecutable(), context);
    }

    private static void intercept(Invocation<Void> invocation, Method behaviour, ExtensionContext context)
            throws Throwable {
        Kit kit = session(context).kit();
        Verdict expected = Refusals.expected(behaviour, kit.driver(), kit.machine());
        Refusals.carryOut(expected, invocation::proceed);
    }
}
