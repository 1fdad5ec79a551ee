import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";

const moss: MantineColorsTuple = [
  "#effaf6",
  "#d9f2e8",
  "#b1e4d1",
  "#84d4b7",
  "#5dc3a0",
  "#39ad88",
  "#1f9673",
  "#0f7a5e",
  "#0a614b",
  "#064a3a",
];

const slate: MantineColorsTuple = [
  "#f8f9f8",
  "#f1f3f2",
  "#e6e9e8",
  "#d5dad8",
  "#b4bcb9",
  "#8b9592",
  "#68726f",
  "#4b5452",
  "#2f3735",
  "#1b211f",
];

const amber: MantineColorsTuple = [
  "#fff8e6",
  "#fdefc8",
  "#fadd8f",
  "#f6c954",
  "#f2b824",
  "#e0a012",
  "#b97f09",
  "#8f6005",
  "#744d04",
  "#593a02",
];

const night: MantineColorsTuple = [
  "#d9dfdd",
  "#b6bfbc",
  "#95a09c",
  "#6f7b77",
  "#4a5552",
  "#343d3b",
  "#252c2a",
  "#1b211f",
  "#141918",
  "#0e1211",
];

/** Calm and dense: one green, warm greys, the system's own font, small radii, nothing that needs the network. */
export const theme = createTheme({
  primaryColor: "moss",
  primaryShade: { light: 7, dark: 6 },
  autoContrast: true,
  respectReducedMotion: true,
  colors: { moss, amber, gray: slate, dark: night },
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace',
  defaultRadius: "md",
  radius: { xs: "3px", sm: "5px", md: "7px", lg: "10px", xl: "16px" },
  fontSizes: { xs: "0.75rem", sm: "0.84rem", md: "0.93rem", lg: "1.05rem", xl: "1.2rem" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.5rem", lineHeight: "1.25" },
      h2: { fontSize: "1.12rem", lineHeight: "1.3" },
      h3: { fontSize: "0.98rem", lineHeight: "1.35" },
    },
  },
  components: {
    Button: { defaultProps: { size: "sm" } },
    Modal: { defaultProps: { centered: true, radius: "lg", overlayProps: { backgroundOpacity: 0.35, blur: 1 } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, multiline: true, maw: 320 } },
    Badge: { defaultProps: { variant: "light", size: "md", radius: "sm", tt: "none" } },
    Table: { defaultProps: { verticalSpacing: "xs", horizontalSpacing: "sm" } },
  },
});

/** Tints of the own colours, quiet enough for a dense page and strong enough to read (4.5 : 1) in both schemes. */
export const tints: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-moss-light": "#dcf3ea",
    "--mantine-color-moss-light-hover": "#cdecdf",
    "--mantine-color-moss-light-color": "#0a614b",
    "--mantine-color-amber-light-color": "#744d04",
    "--mantine-color-gray-light": "#eceeed",
    "--mantine-color-gray-light-color": "#4b5452",
  },
  dark: {
    "--mantine-color-moss-light": "rgb(57 173 136 / 17%)",
    "--mantine-color-moss-light-hover": "rgb(57 173 136 / 25%)",
    "--mantine-color-moss-light-color": "#7fd6b8",
    "--mantine-color-amber-light": "rgb(242 184 36 / 15%)",
    "--mantine-color-amber-light-hover": "rgb(242 184 36 / 22%)",
    "--mantine-color-amber-light-color": "#f6cf6d",
    "--mantine-color-gray-light": "rgb(155 166 162 / 14%)",
    "--mantine-color-gray-light-hover": "rgb(155 166 162 / 20%)",
    "--mantine-color-gray-light-color": "#c3ccc9",
    "--mantine-color-blue-light": "rgb(77 171 247 / 16%)",
    "--mantine-color-blue-light-color": "#8fcaf8",
    "--mantine-color-indigo-light": "rgb(116 143 252 / 18%)",
    "--mantine-color-indigo-light-color": "#b1befb",
    "--mantine-color-red-light": "rgb(250 82 82 / 15%)",
    "--mantine-color-red-light-color": "#ff9d9d",
    "--mantine-color-orange-light": "rgb(255 146 43 / 15%)",
    "--mantine-color-orange-light-color": "#ffbd7d",
  },
});
