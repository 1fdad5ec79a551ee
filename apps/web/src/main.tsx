import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./theme/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { preferredLanguage, speakFormErrors, switchLanguage } from "./i18n/i18n.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has an element with the id root");

await switchLanguage(preferredLanguage());
speakFormErrors();
createRoot(root).render(<App />);
