import { bucketLost } from "./bucket-lost";
import { bucketUnversioned } from "./bucket-unversioned";
import { clientExistenceErrors } from "./client-existence-errors";
import { clientLost } from "./client-lost";
import { domainLost } from "./domain-lost";
import { forgotten } from "./forgotten";
import { functionDeleted } from "./function-deleted";
import { permissionLost } from "./permission-lost";
import type { Rule } from "./rule";
import { tableLost } from "./table-lost";
import { tableUnprotected } from "./table-unprotected";
import { userPoolCaseSensitive } from "./user-pool-case-sensitive";
import { userPoolLost } from "./user-pool-lost";
import { userPoolSchema } from "./user-pool-schema";
import { userPoolTrigger } from "./user-pool-trigger";
import { userPoolUnprotected } from "./user-pool-unprotected";
import { userPoolUnverified } from "./user-pool-unverified";
import { userPoolUnverifiedUpdates } from "./user-pool-unverified-updates";
import { vanished } from "./vanished";

/** What blocks a plan, unless the address is allowed. */
export const BLOCKING: readonly Rule[] = [
  userPoolLost,
  userPoolCaseSensitive,
  userPoolUnprotected,
  userPoolTrigger,
  userPoolSchema,
  userPoolUnverified,
  userPoolUnverifiedUpdates,
  clientLost,
  clientExistenceErrors,
  domainLost,
  tableLost,
  tableUnprotected,
  vanished,
  functionDeleted,
  permissionLost,
  bucketLost,
  bucketUnversioned,
];

/** What is pointed out, and blocks nothing. */
export const WARNING: readonly Rule[] = [forgotten];
