/// Models in XML: PMML and OpenVINO.
@NullMarked
package io.loadlock.artifact.xml;

import org.jspecify.annotations.NullMarked;
