// Draws of inputs: the points, the distributions and the copula of calc/analysis/sampling.py, to a double's last digits.
(function () {
  "use strict";
  const book = window.book;
  const { quantities, style, spreads, has } = book;
  const STEP = 1 / 16, REACH = 22;

  // Sobol' points of one dimension as SciPy has them, above 0 and below 1.
  const pointsOf = {};
  function points(dimension) {
    if (pointsOf[dimension]) return pointsOf[dimension];
    const [first, ...steps] = spreads.points[dimension].match(/.{6}/g).map((text) => parseInt(text, 36));
    const found = [first];
    for (const step of steps) for (let i = found.length; i--;) found.push(found[i] ^ step);
    return (pointsOf[dimension] = Float64Array.from(found, (point) => (point + 0.5) / 2 ** style.bits));
  }

  // The normal distribution, by Marsaglia's series, and its inverse: Abramowitz and Stegun, 26.2.23, and Newton's steps.
  const density = (z) => Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  function normal(z) {
    if (Math.abs(z) > 9) return z < 0 ? 0 : 1;
    let sum = z, term = z, last = 0;
    for (let k = 3; sum !== last; k += 2) {
      last = sum;
      term *= z * z / k;
      sum += term;
    }
    return 0.5 + sum * density(z);
  }
  function ofNormal(share) {
    const low = Math.min(share, 1 - share), t = Math.sqrt(-2 * Math.log(low));
    let z = (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
    for (let i = 0; i < 2; i += 1) z -= (normal(z) - low) / density(z);
    return share < 0.5 ? z : -z;
  }

  // What a beta distribution's share below x is made of, a continued fraction.
  function fraction(a, b, x) {
    let c = 1, d = 1 / (1 - (a + b) * x / (a + 1)), found = d;
    for (let m = 1, by = 0; Math.abs(by - 1) > 1e-16 && m < 400; m += 1) {
      for (const part of [m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
        -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))]) {
        d = 1 / (1 + part * d);
        c = 1 + part / c;
        by = c * d;
        found *= by;
      }
    }
    return found;
  }

  // The quantiles of a beta distribution as log-odds, y at the log-odds t of a share: a smooth curve, so that a table and
  // a polynomial through eight of its points have it to a millionth of a millionth.
  function oddsBelow(a, b, count) {
    const at = a / (a + b), found = []; // where the shares below and above make one
    const scale = -Math.log(at ** a * (1 - at) ** b * (fraction(a, b, at) / a + fraction(b, a, 1 - at) / b));
    let y = Math.log(a / b);
    for (let k = 0; k <= count; k += 1) {
      const t = -k * STEP, aim = -Math.log1p(Math.exp(-t));
      for (let i = 0, by = 1; i < 60 && Math.abs(by) > 1e-15 * (1 + Math.abs(y)); i += 1) {
        const x = 1 / (1 + Math.exp(-y)), up = scale - a * Math.log1p(Math.exp(-y)) - b * Math.log1p(Math.exp(y));
        const turn = x > (a + 1) / (a + b + 2);
        const below = turn ? 1 - Math.exp(up) * fraction(b, a, 1 - x) / b : Math.exp(up) * fraction(a, b, x) / a;
        by = Math.max(-2, Math.min(2, (Math.log(below) - aim) * below / Math.exp(up)));
        y -= by;
      }
      found.push(y);
    }
    return found;
  }
  function ofBeta(a, b) {
    const count = REACH / STEP, up = oddsBelow(b, a, count).map((y) => -y).slice(1);
    const table = [...oddsBelow(a, b, count).reverse(), ...up];
    const weights = [1, -7, 21, -35, 35, -21, 7, -1];
    return (share) => {
      const at = (Math.log(share / (1 - share)) + REACH) / STEP;
      const first = Math.min(Math.max(Math.floor(at) - 3, 0), table.length - 8);
      let above = 0, below = 0;
      for (let i = 0; i < 8; i += 1) {
        const off = at - first - i;
        if (off === 0) return 1 / (1 + Math.exp(-table[first + i]));
        above += table[first + i] * weights[i] / off;
        below += weights[i] / off;
      }
      return 1 / (1 + Math.exp(-above / below));
    };
  }

  // The quantiles of a distribution as calc/model/distributions.py has them, cut off where the domain ends.
  function quantiles([kind, low, value, high, spread], domain) {
    const width = high - low, peak = (value - low) / width;
    const cut = (at, of, end) => {
      const below = domain.low > -Infinity && at(domain.low) !== null ? normal(at(domain.low)) : 0;
      const above = domain.high === null ? 1 : normal(at(domain.high));
      return (share) => end(of(ofNormal(below + share * (above - below))));
    };
    switch (kind) {
      case "uniform": return (share) => low + share * width;
      case "triangular":
        return (share) => low + width * (share < peak ? Math.sqrt(peak * share)
          : 1 - Math.sqrt((1 - peak) * (1 - share)));
      case "pert": {
        const of = ofBeta(1 + 4 * peak, 5 - 4 * peak);
        return (share) => low + width * of(share);
      }
      case "beta": {
        const size = value * (1 - value) / spread ** 2 - 1;
        return ofBeta(value * size, (1 - value) * size);
      }
      case "normal":
        return cut((x) => (x - value) / spread, (z) => value + z * spread, (x) => x);
      default: {
        const middle = (Math.log(low) + Math.log(high)) / 2, sigma = (Math.log(high) - Math.log(low)) / (2 * style.z95);
        return cut((x) => (x > 0 ? (Math.log(x) - middle) / sigma : null), (z) => middle + z * sigma, Math.exp);
      }
    }
  }

  function drawn([kind, ...values], at, domain) {
    if (kind === "values") return at.map((share) => values[Math.floor(share * values.length)]);
    const of = quantiles([kind, ...values], domain);
    const end = domain.high ?? Infinity;
    return domain.whole ? at.map((share) => Math.min(Math.max(Math.round(of(share)), Math.ceil(domain.low)), end))
      : at.map(of);
  }

  // Shares of an input that goes together with others: a Gaussian copula of the points of all of them.
  function together(parts) {
    const all = parts.map(([weight, dimension]) => points(dimension).map((share) => weight * ofNormal(share)));
    return all[0].map((_, i) => normal(all.reduce((sum, one) => sum + one[i], 0)));
  }

  const sharesOf = ({ p, z }) => (z ? together(z) : points(p));

  // The distribution of a range that a reader gave, by the rules of calc/base/values.py and calc/model/distributions.py.
  function likely(name, ends) {
    const { domain } = quantities[name], [low, high] = [ends[0], ends.at(-1)], share = book.isShare(domain);
    const wide = low > 0 && high >= style.wide[0] * low;
    if (ends.length === 2) return [wide && !share ? "lognormal" : "uniform", low, book.middle(name, low, high), high];
    return [domain.high === 1 ? "pert" : wide ? "lognormal" : "triangular", ...ends];
  }

  // The points that a scenario keeps for an input of which a reader may give a range: most have the same.
  function spare(scenario, name) {
    const own = spreads.spare[scenario];
    return own && (has(own, name) ? own[name] : spreads.spare[""][name]);
  }

  // Of inputs in the order in which a chain takes them, those that are drawn, each with its draws.
  const made = new Map();
  function drawsOf(scenario, leaves, ranges, given = {}, laid = {}) {
    const of = spreads.of[scenario] || {}, found = [];
    for (const name of leaves) {
      const own = has(ranges, name);
      if (!own && !laid[name] && (has(given, name) || has(laid, name) || !has(of, name))) continue;
      // A reader's range has the points of the input in whose place it stands, and goes together with what that does.
      const place = has(of, name) ? spreads.drawn[of[name]] : { p: spare(scenario, name) };
      if (!Number.isInteger(place.p) && !place.z) continue; // of a chart with a scenario of its own
      const from = own ? { ...place, d: likely(name, ranges[name]) } : laid[name] ? { ...place, d: laid[name] } : place;
      const key = JSON.stringify([name, from]);
      if (!made.has(key)) {
        if (made.size > 200) made.clear(); // of ranges that somebody is still typing
        made.set(key, drawn(from.d, sharesOf(from), quantities[name].domain));
      }
      found.push([name, made.get(key), from]);
    }
    return found;
  }

  Object.assign(book, { drawsOf, sharesOf });
})();
