/** Functions of Terraform that compute from their arguments alone. What reads files or lifts a secret's mark is not here. */
const FUNCTIONS = new Set(
  (
    "abs alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename can ceil chomp chunklist " +
    "cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains csvdecode dirname distinct " +
    "element endswith flatten floor format formatdate formatlist indent index issensitive join jsondecode jsonencode keys " +
    "length list log lookup lower map matchkeys max md5 merge min one parseint plantimestamp pow range regex regexall replace " +
    "reverse sensitive setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith " +
    "strcontains strrev substr sum textdecodebase64 textencodebase64 timeadd timecmp title tobool tolist tomap tonumber toset " +
    "tostring transpose trim trimprefix trimspace trimsuffix try upper urlencode uuidv5 values yamldecode yamlencode zipmap " +
    // Words that can stand before a parenthesis without calling anything.
    "if for in else"
  ).split(" "),
);

/** A name with a parenthesis behind it; comments may stand between. */
const CALL = /([\p{L}_][\p{L}\p{N}_-]*(?:::[\p{L}\p{N}_-]+)*)(?:\s|\/\*[\s\S]*?\*\/|(?:#|\/\/)[^\n]*\n)*\(/gu;

/** Calls in templates of functions that Terraform must not evaluate on a server before an approval. */
export function expressionProblems(config: unknown, before: unknown): string[] {
  const approved = new Set(strings(before));
  const called = calledIn(strings(config).filter((text) => !approved.has(text)));
  return called.map(
    (name) => `It calls the function ${name}, which reads files of the server, shows secrets, or is not known here.`,
  );
}

/** Functions that templates call, and that do not compute from their arguments alone. */
export function calledIn(texts: readonly string[]): string[] {
  const called = texts.flatMap((text) => [...templates(text).matchAll(CALL)].map(([, name = ""]) => name));
  return [...new Set(called)].filter((name) => !FUNCTIONS.has(name));
}

/**
 * Everything from the first template of a text to the end of the last. The text between two of them is among it: to find
 * where one ends would take all of Terraform's grammar, and it may be taken for too much, never for too little.
 */
function templates(text: string): string {
  const start = text.search(/[$%]\{/);
  return start === -1 ? "" : text.slice(start, text.lastIndexOf("}") + 1);
}

/** Every string in a document, the names of members among them. */
export function strings(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [...(Array.isArray(value) ? [] : [name]), ...strings(inner)]);
}
