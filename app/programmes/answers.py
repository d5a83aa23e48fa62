"""A programme as it goes over the wire: the programme file key by key, each text in the one language asked for."""

from __future__ import annotations

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from app.programmes.rules.definition import Definition, Wording
from app.web.described import define


class _Spoken(GenerateJsonSchema):
    """The file's own schema, but texts are one text and amounts are numbers."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        return {"type": "string"} if schema["cls"] is Wording else super().model_schema(schema)

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"}


def _programme() -> JsonSchemaValue:
    made = Definition.model_json_schema(
        mode="serialization", schema_generator=_Spoken, ref_template="#/components/schemas/Programme{model}"
    )
    counts = {"type": "array", "items": {"type": "string"}, "description": "The names under which its actions are counted."}
    made["properties"]["counts"] = counts
    made["required"].append("counts")
    for name, part in made.pop("$defs").items():
        define(f"Programme{name}", part)
    return define("Programme", made | {"title": "Programme"})


PROGRAMME = _programme()
PROGRAMMES: JsonSchemaValue = {
    "type": "object",
    "properties": {"programmes": {"type": "array", "items": PROGRAMME}},
    "required": ["programmes"],
}
