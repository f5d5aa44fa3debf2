#!/usr/bin/env node
import { calledAs } from "../called";
import { runProgram } from "../run-program";
import { program } from "./program";

// Paths are relative to where the command is called, also in a script of npm's that changes folders.
process.env.INIT_CWD = process.cwd();
calledAs("npx one-person-one-account");
runProgram(program);
