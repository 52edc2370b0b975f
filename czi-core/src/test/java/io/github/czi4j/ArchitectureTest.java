package io.github.czi4j;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;

/** Keeps the rooms of docs/architecture.md apart. */
class ArchitectureTest {
    private static final String ROOT = "io.github.czi4j";
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void dataFlowsOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
                .layer("root")
                .definedBy(ROOT)
                .layer("sample")
                .definedBy(ROOT + ".sample")
                .layer("attachment")
                .definedBy(ROOT + ".attachment")
                .layer("verify")
                .definedBy(ROOT + ".verify")
                .layer("mosaic")
                .definedBy(ROOT + ".mosaic")
                .layer("composite")
                .definedBy(ROOT + ".composite")
                .layer("index")
                .definedBy(ROOT + ".index")
                .layer("codec")
                .definedBy(ROOT + ".codec..")
                .layer("zisraw")
                .definedBy(ROOT + ".zisraw")
                .layer("io")
                .definedBy(ROOT + ".io")
                .layer("metadata")
                .definedBy(ROOT + ".metadata")
                .layer("ome")
                .definedBy(ROOT + ".ome")
                .layer("observe")
                .definedBy(ROOT + ".observe")
                .layer("model")
                .definedBy(ROOT + ".model")
                .whereLayer("root")
                .mayOnlyBeAccessedByLayers("sample", "verify")
                .whereLayer("sample")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("attachment")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("verify")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("mosaic")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("composite")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("index")
                .mayOnlyBeAccessedByLayers("root", "mosaic", "verify")
                .whereLayer("codec")
                .mayOnlyBeAccessedByLayers("root", "mosaic")
                .whereLayer("zisraw")
                .mayOnlyBeAccessedByLayers("root", "mosaic", "index", "verify")
                .whereLayer("metadata")
                .mayOnlyBeAccessedByLayers("root", "verify", "ome")
                .whereLayer("ome")
                .mayOnlyBeAccessedByLayers("root")
                .whereLayer("observe")
                .mayOnlyBeAccessedByLayers("root", "mosaic")
                .withOptionalLayers(true)
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void oneClassAloneKnowsTheZstdLibrary() {
        ArchRuleDefinition.noClasses()
                .that()
                .doNotHaveFullyQualifiedName(ROOT + ".codec.ZstdEncoder")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.airlift..")
                .check(CLASSES);
    }
}
