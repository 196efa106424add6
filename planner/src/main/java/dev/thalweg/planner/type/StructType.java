package dev.thalweg.planner.type;

import java.util.List;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelRecordType;
import org.apache.calcite.rel.type.StructKind;

/// The type of a STRUCT value, where Calcite's [RelRecordType] is that of a row: when a row becomes nullable, by an outer join, its
/// columns do; when a struct does, its fields stay what they are.
final class StructType extends RelRecordType {
    private static final long serialVersionUID = 1L;

    StructType(List<RelDataTypeField> fields, boolean nullable) {
        super(StructKind.FULLY_QUALIFIED, fields, nullable);
    }

    StructType with(boolean nullable) {
        return nullable == isNullable() ? this : new StructType(getFieldList(), nullable);
    }
}
