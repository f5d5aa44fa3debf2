import { Construct } from "constructs";
import { NAMESPACE } from "../../lambda/pre-sign-up/metrics";
import { DEFAULT_IDENTIFIERS, type Identifiers } from "../../lambda/trigger/options";
import { BundledFunction, type BundledFunctionProps } from "../bundled-function/bundled-function";
import { type ReservationsOrNone, reservationsOf } from "../reservations/reservations";
import { refuse, settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import { preSignUpProblems, preSignUpSettings, preSignUpVariables } from "./settings";

export interface PreSignUpProps
  extends Omit<BundledFunctionProps, "description" | "zipName" | "variables">,
    Omit<Props<typeof preSignUpSettings>, "uniqueness"> {
  /** Where sign-ups reserve their identifiers. */
  readonly reservations: ReservationsOrNone;
  /** What is kept unique: what users of the pool sign in with. @default username and e-mail address */
  readonly identifiers?: Identifiers | undefined;
  /** ARN of another function, such as the one that the pool called before, which is asked after this one. The bundle has to be the one that asks it. @default none */
  readonly poolsFunction?: string | undefined;
}

/** The function that refuses a second sign-up with the same username or e-mail address. */
export class PreSignUp extends Construct {
  readonly function: BundledFunction;
  /** Namespace of the metrics that the function writes. */
  readonly metricsNamespace = NAMESPACE;
  private readonly links: boolean;
  private readonly identifiers: Identifiers;

  constructor(
    scope: Construct,
    id: string,
    { reservations: kept, identifiers = DEFAULT_IDENTIFIERS, poolsFunction, ...props }: PreSignUpProps,
  ) {
    super(scope, id);
    const reservations = reservationsOf(this, kept);
    const settings = settingsOf(this, preSignUpSettings, props);
    refuse(this, preSignUpProblems(settings, reservations?.tableName, identifiers), settings);
    this.identifiers = identifiers;
    this.links = settings.federated === "link";
    this.function = new BundledFunction(this, "Default", {
      ...props,
      description: "Refuses a second sign-up with the same username or e-mail, however it is spelled",
      zipName: "pre-sign-up",
      variables: preSignUpVariables(settings, reservations?.tableName, identifiers, poolsFunction),
    });
    reservations?.grantReserve(this.function);
    if (poolsFunction !== undefined) {
      this.function.grant("ask_pools_function", { actions: ["lambda:InvokeFunction"], resources: [poolsFunction] });
    }
  }

  /** Makes the function decide about every sign-up to this pool. */
  protect(userPool: UserPoolBase): void {
    requireSame(userPool, this.identifiers);
    userPool.grantUniqueness(this.function);
    userPool.addTrigger("preSignUp", this.function);
    if (this.links) userPool.grantLink(this.function);
  }
}

/** Throws an Error if users of the pool sign in with something else than what a function keeps unique. */
export function requireSame({ node, identifiers }: UserPoolBase, kept: Identifiers): void {
  const [pool, own] = [identifiers, kept].map((each) => JSON.stringify(each));
  if (pool === undefined || pool === own) return;
  throw new Error(
    `identifiers: ${own}, but users of ${node.path} sign in with what ${pool} says (UserPool.identifiers).`,
  );
}
