import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { CLIENT, FUNCTION, TABLE } from "../scenario";
import type { Neighbour } from "./neighbour";

const SECRET = `${CLIENT}.client_secret`;

/** What Terraform says of an expression that refers to this, in its order. */
const refers = (text: unknown, ...references: string[]) => ({ constant_value: text, references });
const configured = (plan: Edited, address: string): Block =>
  plan.json.configuration.root_module.resources.find((one: Block) => one.address === address);

/** A description of the function, as it would come out, and what it is written as. */
function description(plan: Edited, value: string, expression: Block): void {
  plan.of(FUNCTION).after.description = value;
  plan.configured(FUNCTION).description = expression;
}

/** Ways in which a secret, or a file of the machine, gets to where it can be read. */
export const SECRET_NEIGHBOURS: readonly Neighbour[] = [
  {
    title: "a tag holds a file, beside another tag that is marked as sensitive",
    plan: "weekly-tags",
    edit: (plan) => {
      const tags = { a: '${sensitive("x")}', b: '${file("/etc/hostname")}' };
      Object.assign(plan.of(TABLE).after, { tags: { a: "x", b: "host" } });
      Object.assign(plan.of(TABLE).after_sensitive, { tags: { a: true } });
      plan.configured(TABLE).tags = { constant_value: tags };
    },
    rule: "secret-shown",
  },
  {
    title: "a local is in a tag, beside another tag that is marked as sensitive",
    plan: "weekly-tags",
    edit: (plan) => {
      Object.assign(plan.of(TABLE).after, { tags: { a: "x", b: "y" } });
      Object.assign(plan.of(TABLE).after_sensitive, { tags: { a: true } });
      plan.configured(TABLE).tags = refers({ a: "${local.a}", b: "${local.b}" }, "local.a", "local.b");
    },
    rule: "secret-shown",
  },
  {
    title: "a description holds what a loop makes of a file",
    plan: "weekly-memory",
    edit: (plan) => {
      description(plan, "aG9zdA==", refers("${each.value}", "each.value"));
      configured(plan, FUNCTION).for_each_expression = refers('${toset([base64encode(file("/etc/hostname"))])}');
    },
    rule: "secret-shown",
  },
  {
    title: "a description holds what a count makes of a secret",
    plan: "weekly-memory",
    edit: (plan) => {
      description(plan, "52", refers("${count.index}", "count.index"));
      configured(plan, FUNCTION).count_expression = refers(`\${length(nonsensitive(${SECRET}))}`, SECRET, CLIENT);
    },
    rule: "secret-shown",
  },
  {
    title: "a description holds something of a loop that the plan does not show",
    plan: "weekly-memory",
    edit: (plan) => description(plan, "x", refers("${each.value}", "each.value")),
    rule: "secret-shown",
  },
  ...(
    [
      ["a splat", `\${join("", ${CLIENT}[*].client_secret)}`],
      ["the older splat", `\${join("", ${CLIENT}.*.client_secret)}`],
      ["a loop", `\${join("", [for k, v in ${CLIENT} : v if k == "client_secret"])}`],
    ] as const
  ).map(([how, text]) => ({
    title: `a description takes the secret with ${how}, beside another attribute`,
    plan: "weekly-memory",
    edit: (plan: Edited) => {
      description(plan, "rebmun", refers(`${text} \${${CLIENT}.id}`, CLIENT, `${CLIENT}.id`, CLIENT));
    },
    rule: "secret-shown",
  })),
  {
    title: "a description takes the secret with its name in brackets",
    plan: "weekly-memory",
    edit: (plan) => {
      const name = `${CLIENT}["client_secret"]`;
      description(plan, "rebmun", refers(`\${${name}} \${${CLIENT}.id}`, name, CLIENT, `${CLIENT}.id`, CLIENT));
    },
    rule: "secret-shown",
  },
  {
    title: "a description takes the secret, and another attribute refers to the client's id",
    plan: "weekly-memory",
    edit: (plan) => {
      description(plan, "rebmun", refers(`\${join("", ${CLIENT}[*].client_secret)}`, CLIENT));
      plan.configured(FUNCTION).handler = refers(`\${${CLIENT}.id}`, `${CLIENT}.id`, CLIENT);
    },
    rule: "secret-shown",
  },
  {
    title: "the provider's tags hold a file",
    plan: "weekly-memory",
    edit: (plan) => {
      const { expressions } = plan.json.configuration.provider_config.aws;
      expressions.default_tags = [{ tags: { constant_value: { note: '${file("/etc/hostname")}' } } }];
    },
    rule: "secret-shown",
  },
  {
    title: "the provider's tags hold a secret",
    plan: "weekly-memory",
    edit: (plan) => {
      const { expressions } = plan.json.configuration.provider_config.aws;
      expressions.default_tags = [{ tags: refers({ note: `\${${SECRET}}` }, SECRET, CLIENT) }];
    },
    rule: "secret-shown",
  },
  ...(
    [
      ["a secret", refers(`\${substr(${SECRET}, 0, 26)}`, SECRET, CLIENT)],
      ["a file", refers('${file("/etc/hostname")}')],
    ] as const
  ).map(([what, expression]) => ({
    title: `a data source is told ${what}`,
    plan: "weekly-memory",
    edit: (plan: Edited) => {
      plan.json.configuration.root_module.resources.push({
        address: "data.aws_iam_policy_document.x",
        mode: "data",
        type: "aws_iam_policy_document",
        provider_config_key: "aws",
        expressions: { statement: [{ resources: expression }] },
      });
    },
    rule: "secret-shown",
  })),
];
