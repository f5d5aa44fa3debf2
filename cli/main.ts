import { program } from "./program";
import { runProgram } from "./run-program";

runProgram(program);
