import { Construct } from "constructs";
import { NAMESPACE } from "../../lambda/pre-sign-up/metrics";
import { BundledFunction, type BundledFunctionProps } from "../bundled-function/bundled-function";
import type { Reservations } from "../reservations/reservations";
import { refuse, settingsOf } from "../setting/props";
import type { Props } from "../setting/setting";
import type { UserPoolBase } from "../user-pool/user-pool";
import { preSignUpProblems, preSignUpSettings, preSignUpVariables } from "./settings";

export interface PreSignUpProps
  extends Omit<BundledFunctionProps, "description" | "zipName" | "variables">,
    Omit<Props<typeof preSignUpSettings>, "uniqueness"> {
  /** Where sign-ups reserve their identifiers. @default the function only looks whether an account has them */
  readonly reservations?: Reservations | undefined;
}

/** The function that refuses a second sign-up with the same username or e-mail address. */
export class PreSignUp extends Construct {
  readonly function: BundledFunction;
  /** Namespace of the metrics that the function writes. */
  readonly metricsNamespace = NAMESPACE;
  private readonly links: boolean;

  constructor(scope: Construct, id: string, { reservations, ...props }: PreSignUpProps) {
    super(scope, id);
    const settings = settingsOf(this, preSignUpSettings, props);
    refuse(this, preSignUpProblems(settings, reservations?.tableName), settings);
    this.links = settings.federated === "link";
    this.function = new BundledFunction(this, "Default", {
      ...props,
      description: "Refuses a second sign-up with the same username or e-mail, however it is spelled",
      zipName: "pre-sign-up",
      variables: preSignUpVariables(settings, reservations?.tableName),
    });
    reservations?.grantReserve(this.function);
  }

  /** Makes the function decide about every sign-up to this pool. */
  protect(userPool: UserPoolBase): void {
    userPool.grantUniqueness(this.function);
    userPool.addTrigger("preSignUp", this.function);
    if (this.links) userPool.grantLink(this.function);
  }
}
