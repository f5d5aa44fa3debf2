import { z } from "zod";
import { fileProblems, sizeOf } from "../setting/files";
import { fields, literal, oneOf, text } from "../setting/kinds";
import { type Problem, within } from "../setting/problems";
import { optional } from "../setting/setting";

/** The first hashicorp/aws that reads the branding of a pool with several clients: hashicorp/terraform-provider-aws#44204. */
const BRANDING_SINCE = "6.13.0";

/** "AssetType", Cognito API reference. */
const CATEGORIES = [
  ...["FAVICON_ICO", "FAVICON_SVG", "EMAIL_GRAPHIC", "SMS_GRAPHIC", "AUTH_APP_GRAPHIC", "PASSWORD_GRAPHIC"],
  ...["PASSKEY_GRAPHIC", "PAGE_HEADER_LOGO", "PAGE_HEADER_BACKGROUND", "PAGE_FOOTER_LOGO", "PAGE_FOOTER_BACKGROUND"],
  ...["PAGE_BACKGROUND", "FORM_BACKGROUND", "FORM_LOGO", "IDP_BUTTON_ICON"],
] as const;
const MOST_ASSETS = 40;

/** "CreateManagedLoginBranding", Cognito API reference: a request has at most 2 MB, with all images in base64. */
const LARGEST_REQUEST = 2_000_000;

const SETTINGS = "the settings object of the branding editor, such as { components: { … }, componentClasses: { … } }";
const JSON_VALUE =
  "a value of JSON: a text, a number, true, false, null, or a list or an object of these; no undefined, no date, no function";
const ASSETS = `a list of at most ${MOST_ASSETS} { category, colorMode, file, resourceId }`;

const asset = fields(
  {
    category: oneOf(CATEGORIES),
    colorMode: oneOf(["LIGHT", "DARK", "DYNAMIC"]),
    /** Path of the image. Its name says what it is. */
    file: text(/.\.(?:ico|jpe?g|png|svg|webp)$/i, "the path of an .ico, .jpg, .jpeg, .png, .svg or .webp file"),
    /** Tells images of the same category and mode apart, such as icons of identity providers. @default none */
    resourceId: text(/^[\w\- ]{1,40}$/, "an id of 1 to 40 letters, digits, spaces, hyphens and underscores")
      .optional()
      .meta({ leftOut: "none" }),
  },
  "{ category, colorMode, file, resourceId }",
);

type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** zod's own `z.json()` has no error text for a value deep inside. */
const json: z.ZodType<Json> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(json), z.record(z.string(), json)], {
    error: JSON_VALUE,
  }),
);

function isLiteral(settings: object): boolean {
  try {
    return literal(z.string(), SETTINGS).safeParse(JSON.stringify(settings)).success;
  } catch {
    // It holds itself, or what JSON does not have.
    return false;
  }
}

/** What the pages look like. "CreateManagedLoginBranding", Cognito API reference. */
export const branding = fields(
  {
    settings: z
      .record(z.string(), json, { error: SETTINGS })
      .refine((settings) => Object.keys(settings).length > 0, { error: SETTINGS })
      .refine(isLiteral, {
        error: `${SETTINGS}; without \${ and %{, which Terraform replaces`,
      }),
    /** @default no images */
    assets: z
      .array(asset, { error: ASSETS })
      .max(MOST_ASSETS, { error: ASSETS })
      .optional()
      .meta({ leftOut: "no images" }),
  },
  "{ settings, assets }",
);

export type Branding = z.output<typeof branding>;

export const managedLoginSettings = {
  managedLogin: optional(z.union([z.boolean(), branding], { error: "true, false, or { settings, assets }" }), {
    doc: "`true`, or `{ settings, assets }` of the branding editor: the newer pages, managed login, in Cognito's or your own style; not with the tier LITE; needs hashicorp/aws 6.13 or newer ([how](docs/domain.md#managed-login))",
    none: "the classic pages; `false` to go back to them",
    source: '"Managed login", Cognito developer guide',
  }),
};

type ManagedLogin = boolean | Branding | undefined;

/** The argument of a domain. Left out where nothing is said, since AWS then keeps what it has. */
export function managedLoginVersionOf(managedLogin: ManagedLogin): { readonly managedLoginVersion?: 1 | 2 } {
  return managedLogin === undefined ? {} : { managedLoginVersion: managedLogin ? 2 : 1 };
}

/** The first version of hashicorp/aws that has what these pages need; undefined where any has. */
export function brandingSince(managedLogin: ManagedLogin): string | undefined {
  return managedLogin ? BRANDING_SINCE : undefined;
}

/** The style of the pages: empty for Cognito's own; undefined without managed login. */
export function brandingOf(managedLogin: ManagedLogin): Partial<Branding> | undefined {
  if (!managedLogin) return undefined;
  return managedLogin === true ? {} : managedLogin;
}

export function managedLoginProblems(managedLogin: ManagedLogin, poolTier: string | undefined): Problem[] {
  const path = ["managedLogin"];
  const allowed = "nothing, or false, with the tier LITE; managed login with ESSENTIALS or PLUS";
  return [
    ...(managedLogin && poolTier === "LITE" ? [{ path, value: managedLogin, allowed }] : []),
    ...(typeof managedLogin === "object" ? within(path, brandingProblems(managedLogin)) : []),
  ];
}

/** Images that cannot be read, that are there twice, or that are too large together. */
export function brandingProblems({ settings, assets = [] }: Partial<Branding>): Problem[] {
  const files = assets.flatMap(({ file }, index) => fileProblems(["assets", index, "file"], file, LARGEST_REQUEST));
  const twice = assets.flatMap((asset, index) => {
    const other = assets.slice(0, index).some((one) => placeOf(one) === placeOf(asset));
    const allowed = "one image of each category, colorMode and resourceId";
    return other ? [{ path: ["assets", index], value: asset, allowed }] : [];
  });
  const bytes = assets.map(({ file }) => Math.ceil((sizeOf(file) ?? 0) / 3) * 4);
  const total = bytes.reduce((sum, one) => sum + one, Buffer.byteLength(JSON.stringify(settings ?? {})));
  const allowed = `settings and images of at most ${LARGEST_REQUEST} bytes together, images in base64`;
  return [
    ...files,
    ...twice,
    ...(files.length === 0 && total > LARGEST_REQUEST ? [{ path: ["assets"], value: total, allowed }] : []),
    ...(assets.length > 0 && settings === undefined
      ? [{ path: ["settings"], value: settings, allowed: SETTINGS }]
      : []),
  ];
}

const placeOf = ({ category, colorMode, resourceId = "" }: z.output<typeof asset>) =>
  [category, colorMode, resourceId].join();

/** A file's type, as Cognito calls it. */
export function extensionOf(file: string): string {
  const extension = file.slice(file.lastIndexOf(".") + 1).toUpperCase();
  return extension === "JPG" ? "JPEG" : extension;
}
