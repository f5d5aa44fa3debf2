/** Writes one line in CloudWatch's embedded metric format: CloudWatch creates metrics from it without an API call. */
export type Count<Name extends string> = (counts: Partial<Record<Name, number>>) => void;

/** "Specification: Embedded metric format", CloudWatch user guide. */
export function countTo<Name extends string>(
  write: (line: string) => void,
  functionName: string,
  namespace: string,
): Count<Name> {
  return (counts) => {
    const Metrics = Object.keys(counts).map((Name) => ({ Name, Unit: "Count" }));
    const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: [["FunctionName"]], Metrics }];
    const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics }, FunctionName: functionName, ...counts };
    write(`${JSON.stringify(line)}\n`);
  };
}
