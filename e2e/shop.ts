import { createServer } from "node:http";

export type Shop = { readonly url: string; readonly stop: () => Promise<void> };

/** The merchant's shop: any page answers, so that a click has somewhere to land. */
export function openShop(): Promise<Shop> {
  const server = createServer((_request, response) => response.setHeader("content-type", "text/html").end("<h1>Merz Shop</h1>"));
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      const stop = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          server.closeAllConnections();
        });
      resolve({ url: `http://localhost:${port}`, stop });
    });
  });
}
