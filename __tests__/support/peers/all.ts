import { CDK } from "./cdk";
import { CLOUDPOSSE } from "./cloudposse";
import type { PeerExample } from "./example";
import { LGALLARD } from "./lgallard";

export const PEERS: readonly PeerExample[] = [LGALLARD, CLOUDPOSSE, ...CDK];
