import { readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AssetCategoryType, AssetExtensionType, ColorSchemeModeType } from "@aws-sdk/client-cognito-identity-provider";
import { ManagedLoginBranding, type ManagedLoginBrandingProps } from "../../../modules/managed-login/managed-login";
import { branding, extensionOf } from "../../../modules/managed-login/settings";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { UserPoolClient } from "../../../modules/user-pool-client/user-pool-client";
import { only, stackOf } from "../../support/stack";

const LOGO = "examples/full/logo.png";
const settings = { components: { form: { borderRadius: 8 } } };
const logo = { category: "FORM_LOGO", colorMode: "LIGHT", file: LOGO } as const;

function styled(style: Omit<ManagedLoginBrandingProps, "client">) {
  const { resource } = stackOf((stack) => {
    const userPool = UserPool.fromUserPoolId(stack, "user_pool", "eu-west-1_AbCdEfGhI");
    const client = new UserPoolClient(stack, "client", { name: "c", userPool, callbackUrls: ["https://a.example"] });
    new ManagedLoginBranding(client, "branding", { client, ...style });
  });
  return only(resource, "aws_cognito_managed_login_branding");
}

it("is Cognito's own style, unless another is given", () => {
  expect(styled({})).toMatchObject({
    user_pool_id: "eu-west-1_AbCdEfGhI",
    client_id: "${aws_cognito_user_pool_client.client.id}",
    use_cognito_provided_values: true,
  });
});

it("is the settings as JSON and the images in base64, no path of this machine", () => {
  const style = styled({ settings, assets: [logo] });
  expect(style).not.toHaveProperty("use_cognito_provided_values");
  expect(JSON.parse(style.settings)).toEqual(settings);
  expect(style.asset).toEqual([
    { category: "FORM_LOGO", color_mode: "LIGHT", extension: "PNG", bytes: readFileSync(LOGO).toString("base64") },
  ]);
});

describe("what is allowed is what AWS's API model says", () => {
  const accepts = (fields: object) => branding.safeParse({ settings, assets: [{ ...logo, ...fields }] }).success;

  it("categories and colour modes", () => {
    expect(Object.values(AssetCategoryType).filter((category) => !accepts({ category }))).toEqual([]);
    expect(Object.values(ColorSchemeModeType).filter((colorMode) => !accepts({ colorMode }))).toEqual([]);
    expect([accepts({ category: "LOGO" }), accepts({ colorMode: "BRIGHT" })]).toEqual([false, false]);
  });

  it("types of files", () => {
    const files = ["a.ico", "a.jpg", "a.JPEG", "a.png", "a.svg", "a.webp"];
    expect(files.filter((file) => !accepts({ file }))).toEqual([]);
    expect([...new Set(files.map(extensionOf))].sort()).toEqual(Object.values(AssetExtensionType).sort());
    expect([accepts({ file: "a.gif" }), accepts({ file: ".png" })]).toEqual([false, false]);
  });
});

describe("refused", () => {
  const large = path.join(tmpdir(), `large-${process.pid}.png`);
  beforeAll(() => writeFileSync(large, Buffer.alloc(1_500_000)));

  it.each<[string, Omit<ManagedLoginBrandingProps, "client">, string]>([
    ["settings", { settings: {} }, "the settings object of the branding editor"],
    ["settings", { settings: { text: "${var.x}" } }, "which Terraform replaces"],
    ["settings.a.b", { settings: { a: { b: new Date() } } as never }, "a value of JSON: "],
    ["settings.a[1]", { settings: { a: [1, undefined] } as never }, "a value of JSON: "],
    ["settings", { assets: [logo] }, "the settings object of the branding editor"],
    ["assets[0].file", { settings, assets: [{ ...logo, file: "no/such.png" }] }, "the path of a file that is there"],
    ["assets[1]", { settings, assets: [logo, logo] }, "one image of each category, colorMode and resourceId"],
    ["assets", { settings, assets: [{ ...logo, file: large }] }, "at most 2000000 bytes together, images in base64"],
    ["assets", { settings, assets: Array.from({ length: 41 }, () => logo) }, "a list of at most 40"],
  ])("%s of %j", (field, style, allowed) => {
    expect(() => styled(style)).toThrow(new RegExp(`field "${field.replace(/[[\]]/g, "\\$&")}": .*${allowed}`));
  });

  it("not two images of one category for two identity providers", () => {
    const icon = { ...logo, category: "IDP_BUTTON_ICON" } as const;
    const assets = ["Google", "SignInWithApple"].map((resourceId) => ({ ...icon, resourceId }));
    expect(styled({ settings, assets }).asset).toHaveLength(2);
  });
});
