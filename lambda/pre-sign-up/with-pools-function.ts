import { invokeConfig, lambdaInvoke } from "../aws/invoke";
import { poolsFunction } from "./pools-function";
import { withOwnCheck } from "./with-own-check";

const { env } = process;
const { POOLS_FUNCTION: arn } = env;
// The function does not start then, as with any option that is wrong.
if (!arn) throw new Error("POOLS_FUNCTION is no function.");

/** The entry that Lambda calls where the pool had a function of its own, which is asked after the project's check. */
export const handler = withOwnCheck(poolsFunction(lambdaInvoke(invokeConfig(env)), arn), "PoolsFunction");
