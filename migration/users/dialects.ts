/**
 * RFC 4180 puts a cell that holds a comma in quotation marks. Cognito's imports know no quotation marks, and write such a comma as `\,`:
 * "Importing users into user pools from a CSV file", Cognito developer guide.
 */
export const DIALECTS = ["rfc4180", "cognito"] as const;
export type Dialect = (typeof DIALECTS)[number];
