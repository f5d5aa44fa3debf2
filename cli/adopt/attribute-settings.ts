import { defined } from "../../modules/setting/setting";
import { STANDARD_ATTRIBUTES } from "../../modules/user-pool/attributes";
import type { Json } from "./existing";

type Fields = Readonly<Record<string, Json>>;

/** The settings of a pool's attributes. Where users sign in with e-mail, the settings would require it. */
export function attributeSettingsOf(schema: readonly Fields[], needsEmail: boolean) {
  const isStandard = ({ name }: Fields) => STANDARD_ATTRIBUTES.some((standard) => standard === name);
  const standard = schema
    .filter(isStandard)
    .map(({ name, required, mutable }) => [name, { required: required === true, mutable: mutable !== false }]);
  const custom = schema
    .filter((attribute) => !isStandard(attribute))
    .map((attribute) => [attribute.name, customOf(attribute)]);
  const standardAttributes = { ...(needsEmail && { email: { required: false } }), ...Object.fromEntries(standard) };
  return {
    ...(Object.keys(standardAttributes).length > 0 && { standardAttributes }),
    ...(custom.length > 0 && { customAttributes: Object.fromEntries(custom) }),
  };
}

function customOf(attribute: Fields) {
  const [text] = (attribute.string_attribute_constraints ?? []) as readonly Fields[];
  const [number] = (attribute.number_attribute_constraints ?? []) as readonly Fields[];
  const bound = (value: Json | undefined) => (value === undefined ? undefined : Number(value));
  return defined({
    type: attribute.attribute_data_type,
    minLength: bound(text?.min_length),
    maxLength: bound(text?.max_length),
    min: bound(number?.min_value),
    max: bound(number?.max_value),
    mutable: attribute.mutable !== false,
    developerOnly: attribute.developer_only_attribute === true ? true : undefined,
  });
}
