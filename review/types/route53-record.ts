import { configuredAs } from "../configuration";
import { at, isUnset, knownValues, listed, texts, UNKNOWN } from "../value";
import {
  type At,
  type Attribute,
  COMMON,
  COMPUTED,
  FREE,
  found,
  identity,
  type ResourceType,
  referenceTo,
  when,
} from "./type";

const RULE = "domain-record";
const LOST =
  "Users no longer reach the hosted pages at their own domain, or its certificate is not renewed any more and expires.";
const OTHER =
  "The plan makes records of the hosted pages' own domain and of its certificate only: with any other it could move a website, or mail, elsewhere.";

const DOMAIN = "aws_cognito_user_pool_domain";
/** What ACM asks for, as a record of its own. */
const validation = (part: string) =>
  new RegExp(
    String.raw`^\$\{tolist\(aws_acm_certificate\.[\w-]+\.domain_validation_options\)(?:\.0|\[0\])\.resource_record_${part}\}$`,
  );
const ofDomain = (name: string) => referenceTo(DOMAIN, name);

/** The text of an argument's configuration, in which references are, whether their values are known or not. */
function configured({ plan, change }: At, ...names: ReadonlyArray<string | number>): string[] {
  const expression = at(configuredAs(plan.configuration, change.address)?.expressions, ...names);
  return texts([at(expression, "constant_value") ?? null].flat());
}

/** Says what its reference leads to; something that is there does not change. */
function own(name: string, ...templates: readonly RegExp[]): Attribute {
  return when("guarded", RULE, OTHER, (_, to, place) => {
    if (!place.isNew) return place.change.action === "replace";
    if (isUnset(to)) return true;
    const [text = "", ...others] = configured(place, ...path(name));
    return others.length === 0 && templates.some((template) => template.test(text));
  });
}

const path = (name: string) => name.split(".").flatMap((key, index) => (index === 0 ? [key] : [0, key]));

const isOfCertificate = (place: At) => configured(place, "name").some((text) => validation("name").test(text));

/** The records of a hosted domain: its address, and the proof that a certificate for it may be made. */
export const ROUTE53_RECORD: ResourceType = {
  type: "aws_route53_record",
  lost: () => [found(RULE, LOST)],
  forgotten: found("forgotten", "The record stays, but nothing plans or checks it here from now on."),
  attributes: {
    ...COMMON,
    zone_id: identity(RULE, LOST),
    name: { ...own("name", ofDomain("domain"), validation("name")), required: true },
    type: own("type", /^A$/, validation("type")),
    records: own("records", validation("value")),
    "alias.name": {
      kind: "guarded",
      rule: RULE,
      finds: (_, to, place) => {
        const targets = knownValues(place.plan, DOMAIN, "cloudfront_distribution");
        // What is there follows its domain.
        const isOwn = place.isNew || to === UNKNOWN || (typeof to === "string" && targets.includes(to));
        const [text = ""] = configured(place, "alias", 0, "name");
        return isOwn && ofDomain("cloudfront_distribution").test(text)
          ? []
          : [found(RULE, `Users would be sent elsewhere than to the hosted pages: ${listed([text])}.`)];
      },
    },
    "alias.zone_id": own("alias.zone_id", ofDomain("cloudfront_distribution_zone_id")),
    "alias.evaluate_target_health": FREE,
    ttl: FREE,
    allow_overwrite: when(
      "guarded",
      RULE,
      "A record that is there already would be overwritten.",
      (_, to, place) => to !== true || isOfCertificate(place),
    ),
    fqdn: COMPUTED,
  },
};
