import { fileProblems } from "../setting/files";
import { fields, text } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { optional } from "../setting/setting";

/** "Customizing hosted UI (classic) branding", Cognito developer guide: bytes. */
const LONGEST_CSS = 3000;
const LARGEST_LOGO = 100_000;

const CSS = `rules of 1 to ${LONGEST_CSS} bytes for Cognito's classes, such as .submitButton-customizable { … }, without @-rules, url(…) and HTML`;
const UI_CUSTOMIZATION = "{ css, logoFile }, at least one of them";

/** "SetUICustomization", Cognito API reference. */
export const uiCustomization = fields(
  {
    css: text(/^(?![\s\S]*(?:@|\\|<|url\s*\())[\s\S]+$/i, CSS)
      .refine((css) => Buffer.byteLength(css) <= LONGEST_CSS, { error: CSS })
      .optional(),
    /** Path of an image that can be shown in 350 by 178 pixels. */
    logoFile: text(/.\.(?:jpe?g|png)$/i, "the path of a .png, .jpg or .jpeg file").optional(),
  },
  UI_CUSTOMIZATION,
).refine(({ css, logoFile }) => css !== undefined || logoFile !== undefined, { error: UI_CUSTOMIZATION });

export const uiCustomizationSettings = {
  uiCustomization: optional(uiCustomization, {
    doc: "`{ css, logoFile }` of the classic pages; not beside `managedLogin`",
    none: "Cognito's own look",
    source: '"Customizing hosted UI (classic) branding", Cognito developer guide',
  }),
};

export function uiCustomizationProblems({ logoFile }: { readonly logoFile?: string | undefined }): Problem[] {
  return logoFile === undefined ? [] : fileProblems(["logoFile"], logoFile, LARGEST_LOGO);
}
