import type { Construct } from "constructs";
import { TRIGGER_NAMES, TRIGGERS, type Trigger } from "../../lambda/functions";
import { TriggerAlarms } from "../alarms/alarms";
import type { alarmsSettings } from "../alarms/settings";
import { BundledFunction, type BundledFunctionProps } from "../bundled-function/bundled-function";
import { CustomerKey } from "../customer-key/customer-key";
import { shortHash } from "../setting/names";
import type { Complete } from "../setting/setting";
import { SENDERS, type triggersSettings } from "../trigger-function/settings";
import { TriggerFunction } from "../trigger-function/trigger-function";
import type { TriggerOptions, UserPoolBase } from "../user-pool/user-pool";

type Settings = Complete<typeof triggersSettings & typeof alarmsSettings>;

interface Parts {
  readonly userPool: UserPoolBase;
  /** Begins the names of the functions. */
  readonly name: string;
  /** Region of the stack's provider. */
  readonly region: string;
  /** Path of the bundle of a trigger's function. */
  readonly bundle: (trigger: Trigger) => string;
  /** What every function of the pool has. */
  readonly common: Omit<BundledFunctionProps, "functionName" | "bundle">;
}

/**
 * The functions of the setting `triggers`, as children of `scope`: their addresses begin with its. A check before sign-ups is part of
 * the pool's own function.
 */
export function addOwnTriggers(
  scope: Construct,
  { triggers = {}, senderKeyArn, alarmTopicArn }: Settings,
  { userPool, name: prefix, region, bundle, common }: Parts,
): void {
  const kmsKey = senderKeyArn ? new CustomerKey(scope, "sender_key", { arn: senderKeyArn, region }) : undefined;
  for (const trigger of TRIGGER_NAMES) {
    const own = trigger === "preSignUp" ? undefined : triggers[trigger];
    if (own === undefined) continue;
    const name = TRIGGERS[trigger];
    const id = name.replaceAll("-", "_");
    const functionName = `${prefix}-${name}`;
    const fn =
      own.functionArn === undefined
        ? new BundledFunction(scope, id, {
            ...common,
            ...own,
            memorySize: own.memorySize ?? common.memorySize,
            functionName,
            zipName: name,
            bundle: bundle(trigger),
          })
        : importedFunction(scope, own.functionArn, own.permission);
    const options = {
      ...(SENDERS.some((sender) => sender === trigger) && { kmsKey }),
      ...(trigger === "preTokenGeneration" && { lambdaVersion: triggers[trigger]?.lambdaVersion }),
    };
    userPool.addTrigger(trigger, fn, ...([options] as unknown as TriggerOptions<typeof trigger>));
    // A function that is made elsewhere has its alarms there.
    if (alarmTopicArn && own.functionArn === undefined) {
      const refusesByError = trigger === "preAuthentication" || trigger === "userMigration";
      new TriggerAlarms(scope, `${id}_alarms`, { functionName, alarmTopicArn, refusesByError });
    }
  }
}

/** One construct for a function, which may have several triggers: the pool is let call it once. */
function importedFunction(scope: Construct, functionArn: string, permission: boolean | undefined): TriggerFunction {
  const present = scope.node.children.find((child) => child instanceof TriggerFunction && child.arn === functionArn);
  if (present) return present as TriggerFunction;
  const id = ["function", ...functionArn.split(":").slice(6)].join("_");
  // Functions of two accounts may have one name.
  const isFree = scope.node.tryFindChild(id) === undefined;
  return TriggerFunction.fromFunctionArn(scope, isFree ? id : `${id}_${shortHash(functionArn)}`, functionArn, {
    permission,
  });
}
