import { describe, expect, it } from 'vitest';
import { type Answer, ask, figures, near } from './budget.fixture.ts';

const contribution = (answer: Answer, name: string) =>
  Number(answer.contributions.find((each) => each.name === name)?.contribution);

describe('JCGM 100, H.1: end gauge', () => {
  const { data, exact } = figures('gum-h1-end-gauge');
  const request = {
    sources: [
      { name: 'ls', value: '50000623', expanded: '75', k: '3', degreesOfFreedom: '18' },
      { name: 'd0', value: '215', standardUncertainty: '5.8', degreesOfFreedom: '24' },
      { name: 'd1', value: '0', standardUncertainty: '3.9', degreesOfFreedom: '5' },
      { name: 'd2', value: '0', standardUncertainty: '6.7', degreesOfFreedom: '8' },
      { name: 'alpha', value: '11.5e-6', distribution: 'rectangular', halfWidth: '2e-6' },
      {
        name: 'da',
        value: '0',
        distribution: 'rectangular',
        halfWidth: '1e-6',
        relativeUncertaintyOfUncertainty: '0.1',
      },
      { name: 'theta', value: '-0.1', standardUncertainty: '0.2' },
      { name: 'Delta', value: '0', distribution: 'arcsine', halfWidth: '0.5' },
      {
        name: 'dt',
        value: '0',
        distribution: 'rectangular',
        halfWidth: '0.05',
        relativeUncertaintyOfUncertainty: '0.5',
      },
    ],
    model: 'ls + d0 + d1 + d2 - ls*(da*(theta + Delta) + alpha*dt)',
    probability: '0.99',
  };
  const answer = ask(request);

  it('has its result, degrees of freedom and expanded uncertainty', () => {
    expect(answer.value).toBe(exact.l_nm);
    near(answer.combinedStandardUncertainty, exact.u_c);
    near(answer.effectiveDegreesOfFreedom, exact.nu_eff);
    expect(answer.coverage).toMatchObject({ method: 'student-t', degreesOfFreedomUsed: '16' });
    near(answer.coverageFactor, exact.k99_at_nu_16, 1e-11);
    near(answer.expandedUncertainty, exact.U99, 1e-11);
    expect(answer.rounded).toMatchObject({ value: '50000838', expandedUncertainty: '92' });
  });
  it('has its contributions', () => {
    near(String(contribution(answer, 'da')), exact.components['delta_alpha (rect 1e-6)']);
    near(String(contribution(answer, 'dt')), exact.components['delta_theta (rect 0.05)']);
    expect(contribution(answer, 'theta')).toBe(0);
    expect(answer.contributions).toHaveLength(Object.keys(data).length + 2);
  });
  it('shows the second order beside it, and takes it when asked', () => {
    near(answer.secondOrder?.standardUncertainty, exact.u_c_second_order, 1e-11);
    expect(answer.secondOrder?.used).toBe(false);
    near(ask({ ...request, order: 2 }).combinedStandardUncertainty, exact.u_c_second_order, 1e-11);
  });
  it('has the degrees of freedom of the comparator alone', () => {
    const comparator = ask({ sources: request.sources.slice(1, 4) });
    near(comparator.combinedStandardUncertainty, exact.u_d);
    near(comparator.effectiveDegreesOfFreedom, exact.nu_d);
  });
});

describe('JCGM 100, H.2: resistance and reactance', () => {
  const { data, exact } = figures('gum-h2-impedance');
  const answer = ask({
    sources: [
      { name: 'V', readings: data.V_volt },
      { name: 'I', readings: data.I_mA },
      { name: 'phi', readings: data.phi_rad },
    ],
    correlations: [
      { a: 'V', b: 'I' },
      { a: 'V', b: 'phi' },
      { a: 'phi', b: 'I', r: 'readings' },
    ],
    models: { R: '1000*V/I*cos(phi)', X: '1000*V/I*sin(phi)', Z: '1000*V/I' },
  });
  it('has its results', () => {
    for (const name of ['R', 'X', 'Z']) {
      near(answer.outputs[name]?.value, exact[name]);
      near(answer.outputs[name]?.combinedStandardUncertainty, exact[`u_${name}`]);
      // Five sets of readings, taken together.
      expect(answer.outputs[name]?.effectiveDegreesOfFreedom).toBe('4');
    }
  });
  it('has the correlations of its inputs and results', () => {
    near(answer.correlationMatrix.r[0]?.[1], exact.r_VI);
    near(answer.correlationMatrix.r[0]?.[2], exact.r_Vphi);
    near(answer.correlationMatrix.r[1]?.[2], exact.r_Iphi);
    const { names, r } = answer.outputCorrelations;
    expect(names).toEqual(['R', 'X', 'Z']);
    near(r[0]?.[1], exact.r_RX);
    near(r[0]?.[2], exact.r_RZ);
    near(r[2]?.[1], exact.r_XZ);
  });
  it('has the k of its five sets, as the second approach has: R by itself from each', () => {
    const each = data.V_volt.map((volt: string, i: number) =>
      String(((1000 * Number(volt)) / Number(data.I_mA[i])) * Math.cos(Number(data.phi_rad[i]))),
    );
    const second = ask({ sources: [{ name: 'R', readings: each }] });
    expect(answer.outputs.R?.coverageFactor).toBe(second.coverageFactor);
    near(answer.outputs.R?.expandedUncertainty, second.expandedUncertainty, 4e-3);
  });
  it('says where Welch-Satterthwaite does not hold', () => {
    const sources = [
      { name: 'V', readings: data.V_volt },
      { name: 'I', value: '19.661', standardUncertainty: '0.0095', degreesOfFreedom: '9' },
    ];
    const mixed = ask({ sources, model: '1000*V/I', correlations: [['V', 'I', '-0.36']] });
    expect(mixed.effectiveDegreesOfFreedom).toBeNull();
    expect(mixed.statement).toContain('k may be too small');
  });
  it('takes what is correlated as one part among independent ones', () => {
    const both = ask({
      sources: [
        { name: 'V', readings: data.V_volt },
        { name: 'I', readings: data.I_mA },
        { name: 'c', value: '1', standardUncertainty: '0.002', degreesOfFreedom: '10' },
      ],
      model: 'c*1000*V/I',
      correlations: [['V', 'I', '-0.36']],
    });
    const alone = Number(answer.outputs.Z?.value) * 0.002;
    const u = Number(both.combinedStandardUncertainty);
    const together = u ** 2 - alone ** 2;
    near(both.effectiveDegreesOfFreedom, u ** 4 / (together ** 2 / 4 + alone ** 4 / 10), 1e-9);
  });
});

describe('JCGM 100, H.4: activity of radon', () => {
  const { data, exact } = figures('gum-h4-radon');
  const rates = (counts: number[], times: string[]) =>
    counts.map((count, i) =>
      String(
        ((count - data.C_B[i]) / data.T0_min) * Math.exp(Number(data.lambda_per_min) * Number(times[i])),
      ),
    );
  const [x, s] = [rates(data.C_x, data.t_x_min), rates(data.C_S, data.t_S_min)];
  const masses = [
    { name: 'A', value: data.A_S[0], standardUncertainty: data.A_S[1] },
    { name: 'ms', value: data.m_S_g[0], standardUncertainty: data.m_S_g[1] },
    { name: 'mx', value: data.m_x_g[0], standardUncertainty: data.m_x_g[1] },
  ];
  it('by mean rates', () => {
    const answer = ask({
      sources: [...masses, { name: 'Rx', readings: x }, { name: 'Rs', readings: s }],
      correlations: [{ a: 'Rx', b: 'Rs' }],
      model: 'A*ms/mx*Rx/Rs',
    });
    near(answer.value, exact.A_x);
    near(answer.combinedStandardUncertainty, exact.u_A_x);
    near(answer.correlationMatrix.r[3]?.[4], exact.r);
  });
  it('by the mean of ratios', () => {
    const ratios = x.map((rate, i) => String(Number(rate) / Number(s[i])));
    const answer = ask({ sources: [...masses, { name: 'R', readings: ratios }], model: 'A*ms/mx*R' });
    near(answer.value, exact.A_x_approach2);
    near(answer.combinedStandardUncertainty, exact.u_A_x_approach2);
  });
});

describe('small published cases', () => {
  const cases: Record<
    string,
    { inputs: Record<string, string[]>; exact: Record<string, string>; model: string }
  > = Object.fromEntries(
    figures('gum-propagation-misc').cases.map((each: { id: string }) => [each.id, each]),
  );
  const of = (id: string) => cases[id] ?? { inputs: {}, exact: {}, model: '' };
  const sourcesOf = (id: string) =>
    Object.entries(of(id).inputs).map(([name, [value, u, degrees]]) => ({
      name,
      value,
      standardUncertainty: u,
      ...(degrees && { degreesOfFreedom: degrees }),
    }));

  it('thermal expansion of TN 1900', () => {
    const { exact, model } = of('tn1900-e13-thermal-expansion');
    const answer = ask({ sources: sourcesOf('tn1900-e13-thermal-expansion'), model });
    near(answer.value, exact.y ?? '');
    near(answer.combinedStandardUncertainty, exact.u_if_scale_is_standard_uncertainty ?? '');
  });
  it('fluorescence', () => {
    const { exact } = of('xrf');
    const answer = ask({ sources: sourcesOf('xrf'), model: 'X1/X2*Yu', probability: '0.95' });
    near(answer.value, exact.y ?? '');
    near(answer.combinedStandardUncertainty, exact.u ?? '');
    near(answer.effectiveDegreesOfFreedom, exact.dof ?? '');
    expect(Number(answer.expandedUncertainty).toFixed(4)).toBe('0.0101');
  });
  it('Welch-Satterthwaite', () => {
    const answer = ask({
      sources: [
        { name: 'a', standardUncertainty: '0.57', degreesOfFreedom: '9' },
        { name: 'b', standardUncertainty: '0.25' },
      ],
    });
    near(answer.effectiveDegreesOfFreedom, of('welch-satterthwaite-224').exact.dof ?? '');
  });
  it('Stefan-Boltzmann constant, a product of powers', () => {
    const answer = ask({
      sources: sourcesOf('stefan-boltzmann-nist-um-10'),
      model: '32*pi^5*h*R^4*Rinf^4/(15*e^4*0.001^4*299792458^6*alpha^8)',
    });
    near(answer.value, of('stefan-boltzmann-nist-um-10').exact.y ?? '');
    near(answer.combinedStandardUncertainty, of('stefan-boltzmann-nist-um-10').exact.u ?? '');
  });
  it('four normal sources of JCGM 101, 9.2', () => {
    const sources = ['a', 'b', 'c', 'd'].map((name) => ({ name, standardUncertainty: '1' }));
    const answer = ask({ sources, probability: '0.95' });
    near(answer.expandedUncertainty, of('jcgm101-9.2-four-normals').exact.k ?? '', 1e-10);
    expect(answer.effectiveDegreesOfFreedom).toBe('infinity');
  });
});
