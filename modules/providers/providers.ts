import { ArchiveProvider } from "@cdktf/provider-archive/lib/provider";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

/**
 * What the stacks run with. The bindings pin the one provider version that they were generated from; what they emit is
 * valid for every version in these ranges, and the lower bound is what the end-to-end tests apply with.
 */
export const VERSIONS = {
  terraform: ">= 1.11.0, < 2.0.0",
  aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" },
  archive: { source: "hashicorp/archive", version: "~> 2.7" },
} as const;

export interface ProvidersProps {
  readonly region: string;
  /** On every resource that takes tags. */
  readonly tags: Readonly<Record<string, string>>;
  /** Accounts that Terraform may touch. @default any */
  readonly allowedAccountIds?: readonly string[] | undefined;
  /** Whether the stack zips something. */
  readonly archive: boolean;
}

/** The providers of a stack, their version ranges and the tags of everything in it. */
export class Providers extends Construct {
  constructor(scope: Construct, id: string, { region, tags, allowedAccountIds, archive }: ProvidersProps) {
    super(scope, id);
    new AwsProvider(this, "aws", {
      region,
      defaultTags: [{ tags: { ...tags } }],
      ...(allowedAccountIds && { allowedAccountIds: [...allowedAccountIds] }),
    });
    if (archive) new ArchiveProvider(this, "archive");

    const stack = TerraformStack.of(this);
    stack.addOverride("terraform.required_version", VERSIONS.terraform);
    stack.addOverride("terraform.required_providers.aws", VERSIONS.aws);
    if (archive) stack.addOverride("terraform.required_providers.archive", VERSIONS.archive);
  }
}
