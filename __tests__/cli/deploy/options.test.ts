import { savedTo, terraformArguments, terraformOptionsHelp } from "../../../cli/deploy/options";

it("options of plan and apply are told apart, values may follow after a space, and the rest is a saved plan", () => {
  const args = ["-target", "aws_s3_bucket.b", "--parallelism=2", "-no-color", "saved.tfplan", "-auto-approve"];
  expect(terraformArguments("deploy", args)).toEqual({
    plan: ["-target=aws_s3_bucket.b", "-parallelism=2", "-no-color"],
    apply: ["-parallelism=2", "-no-color"],
    files: ["saved.tfplan"],
    autoApprove: true,
    allowAll: false,
  });
  expect(terraformArguments("deploy", ["-destroy", "--allow-all"])).toMatchObject({
    plan: ["-destroy"],
    allowAll: true,
  });
});

it("a value may hold anything", () => {
  expect(terraformArguments("deploy", ['-replace=aws_x.y["a=b -c"]'])).toMatchObject({
    plan: ['-replace=aws_x.y["a=b -c"]'],
  });
});

it.each([
  "-var=a=b",
  "-var-file=x",
  "-refresh=false",
  "-refresh-only",
  "-lock=false",
  "-out=x",
  "-json",
  "-detailed-exitcode",
  "-input=true",
  "-state=x",
  "-state-out=x",
  "-backup=x",
  "-generate-config-out=x",
  "-chdir=x",
  "-constructor",
  "-",
  "--",
  "-target",
  "-target=",
])("deploy does not take %s", (option) => {
  expect(() => terraformArguments("deploy", [option])).toThrow(
    expect.objectContaining({ name: "Failure", exitCode: 64 }),
  );
});

it("plan takes what it can be looked at with, but no approval, and no variable", () => {
  const options = ["-out=x", "-detailed-exitcode", "-refresh-only", "-json", "-refresh=false", "-lock=false"];
  expect(terraformArguments("plan", options).plan).toEqual(options);
  for (const option of ["-auto-approve", "--auto-approve", "--allow-all", "-var=a=b"]) {
    expect(() => terraformArguments("plan", [option])).toThrow(expect.objectContaining({ exitCode: 64 }));
  }
});

it("the file that a plan is saved to is the last one that is named", () => {
  expect(savedTo(["-out=a", "-json", "-out=b=c"])).toBe("b=c");
  expect(savedTo(["-json"])).toBeUndefined();
});

it("help lists every option that is taken, and no other", () => {
  const listed = (command: "plan" | "deploy") =>
    [...terraformOptionsHelp(command).matchAll(/^ {2}(-[a-z-]+)(\S*) {2,}\w/gm)].map(
      ([, name, value]) => `${name}${value}`,
    );
  for (const command of ["plan", "deploy"] as const) {
    for (const option of listed(command)) {
      expect(terraformArguments(command, [option]).plan).toEqual([option]);
    }
  }
  expect(listed("plan")).toEqual(expect.arrayContaining(["-out=<file>", "-lock-timeout=<time>", "-refresh-only"]));
  expect(listed("deploy")).toEqual(expect.arrayContaining(["-replace=<address>", "-parallelism=<number>"]));
  expect(listed("deploy")).not.toContain("-out=<file>");
});

it("an option that is nearly one of those gets a suggestion", () => {
  const refusal = (message: string) => expect.objectContaining({ exitCode: 64, message });
  const named = (command: "plan" | "deploy", option: string) => () => terraformArguments(command, [option]);
  expect(named("plan", "-parallelsm=3")).toThrow(
    refusal("There is no option -parallelsm=3. Did you mean -parallelism? --help lists the options."),
  );
  expect(named("deploy", "--alow")).toThrow(
    refusal("There is no option --alow. Did you mean --allow? --help lists the options."),
  );
  expect(named("plan", "-nope")).toThrow(refusal("There is no option -nope. --help lists the options."));
  expect(named("plan", "-out=")).toThrow(refusal("-out needs a value: -out=<file>."));
});
