package io.github.czi4j.bench.diagnose;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that makes a trouble and has it named: it fails if it has not asserted each of these rules to be found. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Verdicts.Kept.class)
@interface Provokes {
    /** Names of rules. */
    String[] value();
}
