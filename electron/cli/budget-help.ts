/** The schema of request and answer, as `plumb budget --help` prints it. */
export const help = `Request, a JSON object (numbers as text or JSON numbers; every digit of either is kept):
  sources      list of sources, each:
    name         as the model has it
    value        estimate; 0 without it; with readings their mean, with lower and upper their middle
    one of
      readings             ["1.01","1.02"]: Type A, s/sqrt n, n - 1 degrees of freedom
      halfWidth            of a bounded distribution
      resolution           the step of a display: rectangular, half a step to both sides
      lower, upper         limits that need not lie evenly about the value
      standardUncertainty
      expanded             with k, or with probability (and degreesOfFreedom: k from Student's t)
    distribution           normal, t, rectangular, resolution, triangular, arcsine (u-shaped), trapezoidal
                           (beta: top over base, 0 to 1); without: rectangular for limits, else normal
    degreesOfFreedom       a number or "infinity"; or relativeUncertaintyOfUncertainty r: 1/2 r^-2 (JCGM 100, G.3)
    effectiveN             true: readings count as n (1 - r1)/(1 + r1)
    pooledStandardDeviation  s from earlier series for these readings, with its degreesOfFreedom
    sensitivity            1 without it; with a model leave it out
    unit, note             kept for the reader
  model        formula over the names, alone or as "R = formula": + - * / ^ ( ) pow sqrt exp ln log10 sin cos tan asin acos atan sinh cosh
               tanh abs pi; slopes by automatic differentiation. Without it: sum of sensitivity x value
  models       {"R":"V/I*cos(phi)","X":"V/I*sin(phi)"}: several results with their correlations
  correlations [{"a":"V","b":"I","r":"-0.36"}] or [["V","I","-0.36"]]; r left out: from the readings of both, pair by pair;
               or a whole matrix in the order of the sources: [["1","-0.36"],["-0.36","1"]]
  probability  0.9545 without it
  coverageFactor  a fixed k instead
  order        2: second-order terms count (independent, symmetric sources); 1 without it
  rounding     nearest (without it), up, gum;  significantDigits 1 or 2;  digits of the other figures: 15
  floor        the smallest U that may be reported (CMC);  unit
  monteCarlo   true or {"seed":1,"trials":1000000}: JCGM 101 as a check; without trials until stable

Answer:
  value, combinedStandardUncertainty,
  effectiveDegreesOfFreedom  unrounded; "infinity"; null where correlated sources leave none
                             defined
  coverageFactor, expandedUncertainty (k u, unrounded, not below the floor)
  contributions [{name, value, standardUncertainty, sensitivity, contribution = |c| u, share of u squared, ...}]
  statement    the result in words, with how k came about and how it was rounded; rounded: its figures
  coverage     method: student-t (whole degrees of freedom, truncated), normal, given; rectangular and trapezoidal
               where one or two rectangular sources dominate (all else at most 0.3 of them: EA-4/02 S9, S10),
               convolution where one is more than 70 % of u: the exact shape with the rest as normal
  secondOrder  where it was asked for or a first-order sensitivity vanishes
  monteCarlo   mean, standardUncertainty, interval, shortestInterval, validation (JCGM 101, 8.1)
  with models: outputs {name: the above}, outputCorrelations; correlationMatrix where sources are correlated`;
