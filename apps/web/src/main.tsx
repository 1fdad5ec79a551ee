import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "./theme/global.css";
import { createRoot } from "react-dom/client";
import { App } from "./app/app.tsx";
import { browserLanguage, chosenLanguage, speak, speakFormErrors } from "./i18n/i18n.ts";

const root = document.getElementById("root");
if (!root) throw new Error("index.html has an element with the id root");

// After an update of the instance an open page asks for parts that are gone: it takes the new version instead.
window.addEventListener("vite:preloadError", (event) => {
  event.preventDefault();
  window.location.reload();
});

await speak(chosenLanguage() ?? browserLanguage());
speakFormErrors();
createRoot(root).render(<App />);
