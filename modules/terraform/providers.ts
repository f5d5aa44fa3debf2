import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import { CERTIFICATE_REGION } from "../setting/regions";

/**
 * What the stacks run with. The bindings pin the one provider version that they were generated from; what they emit is
 * valid for every version in these ranges, and the lower bound is what the end-to-end tests apply with.
 */
export const TERRAFORM = ">= 1.11.0, < 2.0.0";
export const ARCHIVE = { source: "hashicorp/archive", version: "~> 2.7" } as const;
export const AWS = { source: "hashicorp/aws", version: awsVersion() } as const;

function awsVersion(atLeast: ReadonlyArray<string | undefined> = []): string {
  const versions = ["5.100.0", ...atLeast.filter((version) => version !== undefined)];
  const [newest] = versions.toSorted((one, other) => other.localeCompare(one, "en", { numeric: true }));
  return `>= ${newest}, < 7.0.0`;
}

export interface ProvidersProps {
  readonly region: string;
  /** On every resource that takes tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Accounts that Terraform may touch. @default any */
  readonly allowedAccountIds?: readonly string[] | undefined;
  /** Whether the stack zips something. */
  readonly archive: boolean;
  /** Whether the stack makes a certificate for CloudFront, in a Region that may be another one. @default false */
  readonly certificates?: boolean | undefined;
  /** First versions of hashicorp/aws that know what the stack uses, where those are later ones. @default 5.100.0 */
  readonly awsAtLeast?: ReadonlyArray<string | undefined>;
}

/** The providers of a stack, their version ranges and the tags of everything in it. */
export class Providers extends Construct {
  /** Makes certificates in us-east-1, where those of hosted pages have to be. Only with `certificates`. */
  readonly certificates: AwsProvider | undefined;

  constructor(scope: Construct, id: string, props: ProvidersProps) {
    super(scope, id);
    const { region, tags, allowedAccountIds, archive, certificates, awsAtLeast = [] } = props;
    const common = {
      defaultTags: [{ tags: { ...tags } }],
      ...(allowedAccountIds && { allowedAccountIds: [...allowedAccountIds] }),
    };
    const aws = new AwsProvider(this, "aws", { region, ...common });
    if (certificates) {
      this.certificates =
        region === CERTIFICATE_REGION
          ? aws
          : new AwsProvider(this, "aws_certificates", { alias: "certificates", region: CERTIFICATE_REGION, ...common });
    }
    if (archive) new ArchiveProvider(this, "archive");

    const stack = TerraformStack.of(this);
    stack.addOverride("terraform.required_version", TERRAFORM);
    stack.addOverride("terraform.required_providers.aws", { ...AWS, version: awsVersion(awsAtLeast) });
    if (archive) stack.addOverride("terraform.required_providers.archive", ARCHIVE);
  }
}
