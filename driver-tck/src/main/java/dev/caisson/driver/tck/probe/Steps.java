// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import java.util.Arrays;
import java.util.List;

/** What behaviours tell the probe to do, to be imported statically. Each is explained at its {@link Verb}. */
public final class Steps {
    private Steps() {}

    private static Step step(Verb verb, Object... words) {
        return new Step(verb, Arrays.stream(words).map(Object::toString).toList());
    }

    /** See {@link Verb#ALLOCATE}. */
    public static Step allocate(long bytes) {
        return step(Verb.ALLOCATE, bytes);
    }

    /** See {@link Verb#ALLOCATE_IN_CHILD}. */
    public static Step allocateInChild(long bytes) {
        return step(Verb.ALLOCATE_IN_CHILD, bytes);
    }

    /** See {@link Verb#ALTERNATE}. */
    public static Step alternate(int turns) {
        return step(Verb.ALTERNATE, turns);
    }

    /** See {@link Verb#ARGS}. */
    public static Step args(List<String> words) {
        return new Step(Verb.ARGS, words);
    }

    /** See {@link Verb#BURN}. */
    public static Step burn(int turns) {
        return step(Verb.BURN, turns);
    }

    /** See {@link Verb#CLOSE_INPUT}. */
    public static Step closeInput() {
        return step(Verb.CLOSE_INPUT);
    }

    /** See {@link Verb#COMPLAIN}. */
    public static Step complain(String text) {
        return step(Verb.COMPLAIN, text);
    }

    /** See {@link Verb#COPY}. */
    public static Step copy() {
        return step(Verb.COPY);
    }

    /** See {@link Verb#COUNT}. */
    public static Step count() {
        return step(Verb.COUNT);
    }

    /** See {@link Verb#DIE}. */
    public static Step die(String signal) {
        return step(Verb.DIE, signal);
    }

    /** See {@link Verb#ECHO}. */
    public static Step echo() {
        return step(Verb.ECHO);
    }

    /** See {@link Verb#ENVIRON}. */
    public static Step environ() {
        return step(Verb.ENVIRON);
    }

    /** See {@link Verb#EXIT}. */
    public static Step exit(int code) {
        return step(Verb.EXIT, code);
    }

    /** See {@link Verb#FORK}. */
    public static Step fork(int most) {
        return step(Verb.FORK, most);
    }

    /** See {@link Verb#HOLD}. */
    public static Step hold() {
        return step(Verb.HOLD);
    }

    /** See {@link Verb#LINE}. */
    public static Step line(String text) {
        return step(Verb.LINE, text);
    }

    /** See {@link Verb#ORPHANS}. */
    public static Step orphans(int many) {
        return step(Verb.ORPHANS, many);
    }

    /** See {@link Verb#PRODUCE}. */
    public static Step produce(long bytes) {
        return step(Verb.PRODUCE, bytes);
    }

    /** See {@link Verb#READ_DESCRIPTOR}. */
    public static Step readDescriptor(int number) {
        return step(Verb.READ_DESCRIPTOR, number);
    }

    /** See {@link Verb#READ_LINE}. */
    public static Step readLine() {
        return step(Verb.READ_LINE);
    }

    /** See {@link Verb#RECORD}. */
    public static Step record(String files, String order) {
        return step(Verb.RECORD, files, order);
    }

    /** See {@link Verb#SAY}. */
    public static Step say(String text) {
        return step(Verb.SAY, text);
    }

    /** See {@link Verb#SERVE}. */
    public static Step serve(int port, String text) {
        return step(Verb.SERVE, port, text);
    }

    /** See {@link Verb#SHOW}. */
    public static Step show(Fact fact) {
        return step(Verb.SHOW, fact, "");
    }

    /** See {@link Verb#SHOW}. */
    public static Step show(Fact fact, String argument) {
        return step(Verb.SHOW, fact, argument);
    }

    /** See {@link Verb#SHOW_ON_ERRORS}. */
    public static Step showOnErrors(Fact fact, String argument) {
        return step(Verb.SHOW_ON_ERRORS, fact, argument);
    }

    /** See {@link Verb#SPAWN}. */
    public static Step spawn() {
        return step(Verb.SPAWN);
    }

    /** See {@link Verb#TRAP}. */
    public static Step trap(String signal) {
        return step(Verb.TRAP, signal);
    }

    /** See {@link Verb#TRAP_EXIT}. */
    public static Step trapExit(String signal, int code) {
        return step(Verb.TRAP_EXIT, signal, code);
    }

    /** See {@link Verb#TRY}. */
    public static Step attempt(Deed deed) {
        return step(Verb.TRY, deed, "", "");
    }

    /** See {@link Verb#TRY}. */
    public static Step attempt(Deed deed, String object) {
        return step(Verb.TRY, deed, object, "");
    }

    /** See {@link Verb#TRY}. */
    public static Step attempt(Deed deed, String object, String manner) {
        return step(Verb.TRY, deed, object, manner);
    }

    /** See {@link Verb#WRITE_DESCRIPTOR}. */
    public static Step writeDescriptor(int number, String text) {
        return step(Verb.WRITE_DESCRIPTOR, number, text);
    }
}
