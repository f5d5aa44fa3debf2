import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { Construct } from "constructs";
import type { Grant } from "../policy-document/policy-document";

export interface CustomerKeyProps {
  readonly arn: string;
  /** Region of the key, and of the stack's provider. */
  readonly region: string;
}

/**
 * A customer managed KMS key. Whatever is encrypted with it can be used only by a role that may use the key as well, and AWS does not say
 * so until the first call: these grants belong to the grant of the thing itself.
 *
 * A role may use the key through one AWS service only (`kms:ViaService`), or for the codes of one user pool only.
 */
export class CustomerKey extends Construct {
  readonly arn: string;
  private readonly region: string;

  constructor(scope: Construct, id: string, props: CustomerKeyProps) {
    super(scope, id);
    this.arn = props.arn;
    this.region = props.region;
  }

  /** For a function whose environment variables are encrypted: "Securing Lambda environment variables", developer guide. */
  grantDecrypt(service: "lambda"): Grant {
    return this.grant(service, ["kms:Decrypt"]);
  }

  /** For a caller that reads and writes a table: "DynamoDB encryption at rest usage notes", developer guide. */
  grantEncryptDecrypt(service: "dynamodb"): Grant {
    const actions = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"];
    return this.grant(service, actions);
  }

  /** For a function that decrypts the codes which Cognito hands to a custom sender: "Custom sender Lambda triggers", Cognito developer guide. */
  grantDecryptCodes(userPoolId: string): Grant {
    return {
      actions: ["kms:Decrypt"],
      resources: [this.arn],
      onlyWhere: { "kms:EncryptionContext:userpool-id": userPoolId },
    };
  }

  private grant(service: string, actions: readonly string[]): Grant {
    return {
      actions,
      resources: [this.arn],
      onlyWhere: { "kms:ViaService": `${service}.${this.region}.${this.partition().dnsSuffix}` },
    };
  }

  private partition(): DataAwsPartition {
    const id = "partition";
    return (this.node.tryFindChild(id) as DataAwsPartition | undefined) ?? new DataAwsPartition(this, id);
  }
}
