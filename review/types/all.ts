import { CERTIFICATE, CERTIFICATE_VALIDATION } from "./certificate";
import { DYNAMODB_TABLE } from "./dynamodb-table";
import { MANAGED_LOGIN_BRANDING, UI_CUSTOMIZATION } from "./hosted-pages";
import { IAM_ROLE } from "./iam-role";
import { IAM_ROLE_POLICY } from "./iam-role-policy";
import { IDENTITY_POOL, IDENTITY_POOL_ROLES, IDENTITY_POOL_TAGS } from "./identity-pool";
import { IDENTITY_PROVIDER } from "./identity-provider";
import { LAMBDA_FUNCTION } from "./lambda-function";
import { LAMBDA_PERMISSION } from "./lambda-permission";
import { LOG_DELIVERY } from "./log-delivery";
import { DASHBOARD, LOG_GROUP, METRIC_ALARM } from "./monitoring";
import { RESOURCE_SERVER } from "./resource-server";
import { RISK_CONFIGURATION } from "./risk-configuration";
import { ROUTE53_RECORD } from "./route53-record";
import {
  S3_BUCKET,
  S3_BUCKET_ENCRYPTION,
  S3_BUCKET_LIFECYCLE,
  S3_BUCKET_OWNERSHIP,
  S3_BUCKET_POLICY,
  S3_BUCKET_PUBLIC_ACCESS,
  S3_BUCKET_VERSIONING,
} from "./s3-bucket";
import type { ResourceType } from "./type";
import { USER_GROUP } from "./user-group";
import { USER_POOL } from "./user-pool";
import { USER_POOL_CLIENT } from "./user-pool-client";
import { USER_POOL_DOMAIN } from "./user-pool-domain";
import { WEB_ACL, WEB_ACL_ASSOCIATION } from "./web-acl";

/** Every resource type that the stacks make. What is not here is blocked. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  USER_POOL,
  USER_POOL_CLIENT,
  USER_POOL_DOMAIN,
  CERTIFICATE,
  CERTIFICATE_VALIDATION,
  ROUTE53_RECORD,
  MANAGED_LOGIN_BRANDING,
  UI_CUSTOMIZATION,
  IDENTITY_PROVIDER,
  RESOURCE_SERVER,
  USER_GROUP,
  RISK_CONFIGURATION,
  LOG_DELIVERY,
  WEB_ACL,
  WEB_ACL_ASSOCIATION,
  IDENTITY_POOL,
  IDENTITY_POOL_ROLES,
  IDENTITY_POOL_TAGS,
  LAMBDA_FUNCTION,
  LAMBDA_PERMISSION,
  IAM_ROLE,
  IAM_ROLE_POLICY,
  DYNAMODB_TABLE,
  LOG_GROUP,
  METRIC_ALARM,
  DASHBOARD,
  S3_BUCKET,
  S3_BUCKET_VERSIONING,
  S3_BUCKET_ENCRYPTION,
  S3_BUCKET_OWNERSHIP,
  S3_BUCKET_PUBLIC_ACCESS,
  S3_BUCKET_LIFECYCLE,
  S3_BUCKET_POLICY,
];

export function resourceType(type: string): ResourceType | undefined {
  return RESOURCE_TYPES.find((described) => described.type === type);
}
