// Stands in for the AWS SDK for JavaScript v2 (package.json overrides it), which cognito-local has to call functions with:
// it is out of support since September 2025 and would be a tenth of node_modules. Lambda's Invoke, in the old SDK's shape
// (https://docs.aws.amazon.com/AWSJavaScriptSDK/latest/AWS/Lambda.html#invoke-property), without a signature: the emulator's
// Lambda on this machine asks for none, and no other is ever called.
class Lambda {
  constructor({ endpoint }) {
    this.endpoint = endpoint;
  }

  invoke({ FunctionName, InvocationType, Payload }) {
    return { promise: () => invoke(this.endpoint, FunctionName, InvocationType, Payload) };
  }
}

async function invoke(endpoint, name, type, body) {
  const url = new URL(`/2015-03-31/functions/${encodeURIComponent(name)}/invocations`, endpoint);
  const response = await fetch(url, { method: "POST", headers: { "x-amz-invocation-type": type }, body });
  const Payload = await response.text();
  if (!response.ok) throw new Error(`Lambda answered ${response.status}: ${Payload}`);
  return {
    StatusCode: response.status,
    FunctionError: response.headers.get("x-amz-function-error") ?? undefined,
    Payload,
  };
}

/** For the CustomEmailSender trigger only, which no pool here has. */
class KMS {
  constructor() {
    throw new Error("cli/emulator/aws-sdk stands in for the AWS SDK v2: it has no KMS");
  }
}

module.exports = { KMS, Lambda };
