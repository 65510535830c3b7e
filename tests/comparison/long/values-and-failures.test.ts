import { proveSame } from "../prove";

proveSame(["providers", "values", "failures", "interrupts", "kills"]);
