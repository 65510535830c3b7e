// Two files, so that both can run at the same time.

import { proveSame } from "../prove";

proveSame(["life", "targets", "options", "credentials"]);
