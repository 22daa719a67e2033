"""Unlike things compared: another numeric format (FP32, FP16) or another scope (eight hubs, the nation) than it seems.

What lives here: a sentence that sets two bases beside one another, a jump where a basis is left unsaid, and a part's
figure printed for its whole. What does not: jumps of figures that are alike (see `step`).
"""

from collections import defaultdict
from collections.abc import Iterator

from pipelines.checks.plausibility import step
from pipelines.checks.plausibility.facts import Fact, Scene
from pipelines.checks.plausibility.magnitudes import ROUNDING, digits, power_of_ten
from pipelines.vocabulary.verdict import Flag

NAME = "unlike"
DIGITS = 2  # figures of one digit are alike by chance


def check(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """Flags on figures that are compared with, or taken for, something else; one for each observation."""
    told: dict[str, Flag] = {}
    for found in (_two_bases(scene, subject), _jump_of_basis(scene, subject), _part_for_whole(scene, subject)):
        for flag in found:
            told.setdefault(flag.observation_id, flag)
    yield from told.values()


def _two_bases(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """One sentence, two periods, two bases: "from 90 EFLOPS (FP32) to 788 EFLOPS (FP16)"."""
    sentences: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in scene.by_subject.get(subject, ()):
        if fact.kind == "level" and fact.basis and fact.period_end and fact.sentence:
            sentences[fact.article_id, fact.sentence].append(fact)
    for facts in sentences.values():
        for fact in facts:
            earlier = [f for f in facts if f.basis != fact.basis and (f.period_end or "") < (fact.period_end or "")]
            if earlier and not any(f.basis == fact.basis and f.period_end != fact.period_end for f in facts):
                yield Flag(
                    observation_id=fact.observation_id,
                    check=NAME,
                    reason=f'"{fact.quote}" is in {fact.basis}, "{earlier[0].quote}" beside it in {earlier[0].basis}: '
                    "no change follows from the two",
                    evidence=tuple(f.observation_id for f in earlier),
                    confidence=0.7,
                )


def _jump_of_basis(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """A step too far between figures of which one names no basis, of a metric that others print with one."""
    facts = {fact.observation_id: fact for fact in scene.by_subject.get(subject, ())}
    bases = sorted({fact.basis for fact in facts.values() if fact.basis})
    for flag in step.check(scene, subject) if bases else ():
        unsaid = [f for f in (facts[name] for name in (flag.observation_id, *flag.evidence)) if f.basis is None]
        if unsaid:
            yield Flag(
                observation_id=flag.observation_id,
                check=NAME,
                reason=f'{flag.reason}; "{unsaid[0].quote}" names no basis, while others are printed in '
                f"{', '.join(bases)}: perhaps unlike things",
                evidence=flag.evidence,
                confidence=flag.confidence,
            )


def _part_for_whole(scene: Scene, subject: tuple[str | None, str | None]) -> Iterator[Flag]:
    """A whole's figure that has the digits of its part's, while the whole is elsewhere something else."""
    metric, place = subject
    wholes = [f for f in scene.by_subject.get(subject, ()) if _is_plain(f)]
    parts: dict[tuple[float, str], list[Fact]] = defaultdict(list)
    for part in scene.parts.get(metric or "", ()) if wholes else ():
        for fact in scene.by_subject.get((part, place), ()):
            if _is_plain(fact):
                parts[fact.canonical or 0.0, fact.period_end or ""].append(fact)
    for fact in wholes:
        same = parts.get((fact.canonical or 0.0, fact.period_end or ""), [])
        others = [f for f in wholes if f.period_end == fact.period_end and _differs(f, fact)]
        if same and others and digits(fact.value) >= DIGITS:
            yield Flag(
                observation_id=fact.observation_id,
                check=NAME,
                reason=f'"{fact.quote}" is elsewhere the figure of {same[0].metric}, and {metric} is '
                f'"{others[0].quote}": a part taken for the whole?',
                evidence=tuple(sorted(f.observation_id for f in (*same, *others))),
                confidence=0.6,
            )


def _differs(one: Fact, other: Fact) -> bool:
    gap = abs((one.magnitude or 0.0) - (other.magnitude or 0.0))
    return one.canonical_unit == other.canonical_unit and gap > ROUNDING and not power_of_ten(gap)


def _is_plain(fact: Fact) -> bool:
    return bool(
        fact.kind == "level" and fact.status == "actual" and fact.period_end and fact.canonical and not fact.dimensions
    )
