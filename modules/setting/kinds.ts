import { closest, distance } from "fastest-levenshtein";
import { z } from "zod";
import { ALL_REGIONS, isOfRegion } from "./regions";

/*
 * The kinds of values that settings have. Every error text is the list of what is allowed: problems.ts puts the place and the
 * refused value in front of it.
 */

export const trueOrFalse = z.boolean({ error: "true or false" });

/** One of these words. */
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, { error: values.join(", ") });

/** A text that matches the pattern, and that Terraform does not take for a template. */
export const text = (pattern: RegExp, allowed: string) =>
  literal(z.string({ error: allowed }).regex(pattern, { error: allowed }), allowed);

/** Terraform replaces `${…}` and `%{…}` in any text of its configuration: "Strings and Templates", Terraform language. */
export const literal = <T extends z.ZodType<string>>(schema: T, allowed: string) =>
  schema.refine((value) => !/[$%]\{/.test(value), {
    error: `${allowed}; without \${ and %{, which Terraform replaces`,
  });

/** Region and account of an ARN. "Amazon Resource Names (ARNs)", IAM user guide: some services have no Regions, and S3's buckets no account either. */
const PLACES = { regional: "[a-z0-9-]+:\\d{12}", global: ":\\d{12}", bucket: ":" };

/** An ARN of a service, in any partition. `resource`: what follows the account. */
export const arn = (service: string, resource: RegExp, allowed: string, place: keyof typeof PLACES = "regional") =>
  text(new RegExp(`^arn:aws(?:-[a-z]+)*:${service}:${PLACES[place]}:${resource.source}$`), allowed);

/** The ARN of an IAM role; `name` is that of the example in the error text. "RoleArn" of AssumeRole, STS API reference. */
export const roleArn = (name: string) =>
  arn("iam", /role\/[\w+=,.@/-]{1,512}/, `an IAM role ARN such as arn:aws:iam::111122223333:role/${name}`, "global");

const IDENTITY = "an SES identity ARN such as arn:aws:ses:eu-west-1:111122223333:identity/example.com";
/** The ARN of an SES identity that sends: an address or a domain that is verified. */
export const sesIdentityArn = arn("ses", /identity\/\S+/, IDENTITY).refine(
  (identity) => isOfRegion(identity, identity.split(":")[3] ?? ""),
  // Not also where it is no ARN.
  { error: IDENTITY, when: ({ issues }) => issues.length === 0 },
);

const emailAddress = /^[!-~]+@[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i;
const LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?";
/** "addr-spec" of RFC 5322, section 3.4.1, without quotes and obsolete forms: one address. */
const senderAddress = new RegExp(`^[\\w.!#$%&'*+/=?^\`{|}~-]+@${LABEL}(?:\\.${LABEL})*$`, "i");
/** "display-name" of RFC 5322, section 3.4: a comma, for one, is a part of it in quotes only. */
const SENDER_NAME = /^(?:[^\p{C}<>()[\]:;@\\,"]*|"[^\p{C}<>\\"]*" ?)<([^<>]+)>$/u;
const SENDER = "an e-mail address, or Name <address>, the name in double quotes if one of , : ; @ ( ) [ ] is in it";

/** An e-mail address. */
export const address = text(emailAddress, "an e-mail address");

/** The sender of a message: an e-mail address, with or without a name. */
export const sender = literal(
  z.string({ error: SENDER }).refine((value) => senderAddress.test(addressOf(value)), { error: SENDER }),
  SENDER,
);

/** The address of a sender. */
export function addressOf(from: string): string {
  return SENDER_NAME.exec(from)?.[1] ?? from;
}

/** A whole number from `min` to `max`, both included. */
export const wholeNumber = (min: number, max: number, unit: string) => {
  const error = `a whole number of ${unit}, ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
};

/** A list without repetitions. */
export const distinct = <T extends z.ZodType>(item: T, allowed: string) =>
  z.array(item, { error: allowed }).refine((all) => new Set(all).size === all.length, {
    error: allowed.replace(/a list of (?:different )?/, "a list of different "),
  });

/**
 * A value whose schema depends on what it is. Its problems are that schema's alone, where a union would list those of every alternative. The
 * reference of settings shows the fields of `alternatives`, by the name that each has within the value; "" for none.
 */
export const chosen = <T>(
  choose: (value: unknown) => z.ZodType<T>,
  alternatives: Readonly<Record<string, z.ZodType>> = {},
) =>
  z
    .unknown()
    .superRefine((value, context) => {
      for (const issue of choose(value).safeParse(value).error?.issues ?? []) context.addIssue({ ...issue });
    })
    .meta({ alternatives }) as unknown as z.ZodType<T>;

/** A value that no message may show. */
export const hidden = <T>(schema: z.ZodType<T>, allowed: string) =>
  z.unknown().superRefine((value, context) => {
    if (!schema.safeParse(value).success) {
      context.addIssue({ code: "custom", message: allowed, params: { isHidden: true } });
    }
  }) as unknown as z.ZodType<T>;

/** An object that has these fields and no other. */
export const fields = <Shape extends z.core.$ZodLooseShape>(shape: Shape, allowed: string) =>
  z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? `the fields ${Object.keys(shape).join(", ")}${nearest(String(issue.keys[0]), Object.keys(shape))}`
        : allowed,
  });

/** The known name that an unknown one was probably meant to be, as a question; empty if none is near. */
function nearest(name: string, known: readonly string[]): string {
  const guess = closest(
    name.toLowerCase(),
    known.map((field) => field.toLowerCase()),
  );
  const meant = known.find((field) => field.toLowerCase() === guess);
  return meant !== undefined && distance(name.toLowerCase(), guess) <= Math.ceil(name.length / 3)
    ? `. Is ${meant} meant?`
    : "";
}

/** Whether a text is a URL. Not by `URL.canParse`: once optimized, that of Node.js 20 and 22 answers false for a text with an ä. */
export function isUrl(value: string): boolean {
  try {
    return new URL(value) !== undefined;
  } catch {
    return false;
  }
}

const REGION = "an AWS Region such as eu-west-1";
/** A Region that AWS has; see regions.ts. */
export const region = z.string({ error: REGION }).refine((name) => ALL_REGIONS.includes(name), { error: REGION });
