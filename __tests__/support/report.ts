import type { Report } from "../../migration/users/report-page";

/** An account of {@link REPORT}. */
export const REPORTED = {
  sub: "b3d793f7-7160-4131-bf1d-2d7267e5355d",
  username: "ana",
  email: "ana@example.com",
  verified: true,
  status: "CONFIRMED",
  created: "2023-11-14T10:00:00.000Z",
  modified: "2024-01-02T10:00:00.000Z",
};

/** What the page of a move can show. */
export const REPORT: Report = {
  from: "eu-west-1_hT5mWq2Zr",
  to: "eu-west-1_Kc8dPf4Yx",
  made: "2026-11-27T06:30:00.000Z",
  planned: "2026-11-26T06:30:00.000Z",
  isDone: false,
  isPartlyRead: false,
  counts: [{ what: "To create", accounts: 12345 }],
  groups: [
    {
      because: "same username ana",
      accounts: [
        { ...REPORTED, decision: "keep" },
        { ...REPORTED, username: "Ana", email: "", decision: "undecided" },
      ],
    },
  ],
  groupsInAll: 1,
  failures: [{ sub: REPORTED.sub, username: "ben", step: "create", reason: "UserLambdaValidationException: refused" }],
  failuresInAll: 1,
  created: [
    { label: "2023-11", accounts: 10 },
    { label: "2023-12", accounts: 0 },
    { label: "2024-01", accounts: 5 },
  ],
  moved: [],
};
