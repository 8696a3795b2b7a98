// A service that throws: what its errors look like when Sentry's own SDK sends them. Usage: node shop.js WHAT
const Sentry = require("@sentry/node");

Sentry.init({ dsn: process.env.SENTRY_DSN, release: "cart@1.2.3", environment: "production" });

function priceOf(item) {
  return item.price;
}

function handled() {
  try {
    priceOf(null);
  } catch (error) {
    console.log(Sentry.captureException(error));
  }
}

// One event is within the quota; the SDK is told so with its answer to the second.
async function limited() {
  for (let i = 0; i < 4; i++) {
    handled();
    await Sentry.flush(10000);
  }
}

const what = process.argv[2];
if (what === "uncaught") {
  setTimeout(() => priceOf(undefined), 10);
} else {
  Promise.resolve(what === "limited" ? limited() : handled()).then(() => Sentry.close(10000));
}
