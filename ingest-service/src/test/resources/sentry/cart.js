// A service with Sentry's SDK for Node, configured with nothing but a DSN. Prints the stack of what it throws.
const Sentry = require('@sentry/node');

Sentry.init({ dsn: process.env.DSN, release: 'cart@1.2.3', environment: 'production' });

function total(items) {
  return items.length;
}

function price(cart) {
  try {
    return total(cart.items);
  } catch (e) {
    throw new Error('no price', { cause: e });
  }
}

async function report(tag) {
  try {
    price({});
  } catch (e) {
    Sentry.captureException(e, { tags: { attempt: tag } });
    process.stdout.write(tag + '\n');
  }
  await Sentry.flush(10000);
}

async function overQuota() {
  await report('first');
  await report('refused with 429');
  await report('held back');
  await new Promise((resolve) => setTimeout(resolve, 4000));
  await report('after the wait');
}

switch (process.argv[2]) {
  case 'handled':
    report('handled');
    break;
  case 'uncaught':
    setTimeout(() => price({}), 1);
    break;
  case 'over-quota':
    overQuota();
    break;
}
