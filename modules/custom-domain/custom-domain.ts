import { AcmCertificate } from "@cdktf/provider-aws/lib/acm-certificate";
import { AcmCertificateValidation } from "@cdktf/provider-aws/lib/acm-certificate-validation";
import { CognitoUserPoolDomain } from "@cdktf/provider-aws/lib/cognito-user-pool-domain";
import type { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import { type managedLoginSettings, managedLoginVersionOf } from "../managed-login/settings";
import { check, refuse } from "../setting/props";
import { CERTIFICATE_REGION } from "../setting/regions";
import { defined, type Props } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import { UserPoolDomainBase } from "../user-pool-domain/user-pool-domain";
import { customDomain, customDomainProblems } from "./settings";

export interface CustomDomainProps extends z.output<typeof customDomain>, Props<typeof managedLoginSettings> {
  /** Region of the stack's provider. */
  readonly region: string;
  readonly userPool: UserPoolBase;
  /** Provider of us-east-1, which makes the certificate where `hostedZoneId` is given. @default the stack's, if it is of us-east-1 */
  readonly certificateProvider?: AwsProvider | undefined;
}

/**
 * A domain of your own for the hosted pages. With `hostedZoneId` its certificate and its records are made, too. Its parent has to have an A record. The
 * escape hatch to the domain is `node.defaultChild`.
 */
export class CustomDomain extends UserPoolDomainBase {
  readonly url: string;
  readonly resource: ITerraformDependable;

  constructor(scope: Construct, id: string, props: CustomDomainProps) {
    super(scope, id);
    const { name, hostedZoneId, certificateArn, region, userPool, managedLogin, certificateProvider } = props;
    const domain = { name, hostedZoneId, certificateArn };
    check(this, { customDomain: [customDomain, domain] });
    refuse(this, customDomainProblems(domain, region), { customDomain: domain });
    if (hostedZoneId && region !== CERTIFICATE_REGION && !certificateProvider) {
      const allowed = `a provider of ${CERTIFICATE_REGION}, beside hostedZoneId in ${region}`;
      refuse(this, [{ path: ["certificateProvider"], value: undefined, allowed }]);
    }
    const resource = new CognitoUserPoolDomain(this, "Default", {
      domain: name,
      userPoolId: userPool.userPoolId,
      ...(hostedZoneId
        ? { certificateArn: this.certificate(name, hostedZoneId, certificateProvider) }
        : defined({ certificateArn })),
      ...managedLoginVersionOf(managedLogin),
    });
    this.resource = resource;
    this.url = `https://${resource.domain}`;
    if (hostedZoneId) {
      new Route53Record(this, "address", {
        zoneId: hostedZoneId,
        name: resource.domain,
        type: "A",
        alias: {
          name: resource.cloudfrontDistribution,
          zoneId: resource.cloudfrontDistributionZoneId,
          evaluateTargetHealth: false,
        },
      });
    }
  }

  /** A certificate that is validated by a record of the zone, and renewed by ACM as long as that is there. */
  private certificate(domainName: string, zoneId: string, provider: AwsProvider | undefined): string {
    const certificate = new AcmCertificate(this, "certificate", {
      ...(provider && { provider }),
      domainName,
      validationMethod: "DNS",
      // A certificate cannot be deleted while the domain has it.
      lifecycle: { createBeforeDestroy: true },
    });
    // One name, one record.
    const { resourceRecordName, resourceRecordType, resourceRecordValue } = certificate.domainValidationOptions.get(0);
    const record = new Route53Record(this, "certificate_record", {
      zoneId,
      name: resourceRecordName,
      type: resourceRecordType,
      records: [resourceRecordValue],
      ttl: 300,
      // ACM asks for the same record for every certificate of this name in this account.
      allowOverwrite: true,
    });
    return new AcmCertificateValidation(this, "certificate_validation", {
      ...(provider && { provider }),
      certificateArn: certificate.arn,
      validationRecordFqdns: [record.fqdn],
    }).certificateArn;
  }
}
