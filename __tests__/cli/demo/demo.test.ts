import { defaultEnvironment } from "../../../cli/demo/demo";

it("the demonstration is of dev where no environment is named, and names one where there is no dev", () => {
  expect(defaultEnvironment(["prod", "dev"])).toBe("dev");
  expect(() => defaultEnvironment(["live", "test"])).toThrow(
    "There is no environment dev in environments.ts: name one, such as `npm start -- live`. There are: live, test.",
  );
});
