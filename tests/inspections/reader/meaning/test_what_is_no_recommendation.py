"""What looks like a recommendation and is none: told, made before, made twice."""

import pytest

from inspections.reader.meaning.proposals import Confidence, ProposalKind
from tests.inspections.reader.meaning.reports import reading_of, reading_of_page, recommendations, values

RECOMMENDATION = ProposalKind.RECOMMENDATION


def test_lists_of_areas_for_improvement_are_no_recommendations(tmp_path):
    text = """
Wessex Police

Area for improvement: Wessex Police could work better

Wessex Police should:

- train; and
- learn.
"""
    assert recommendations(text, tmp_path) == []


@pytest.mark.parametrize(
    "text",
    [
        "Wessex Police\n\nThe force follows advice\n\nRecommendations 3 and 4 of our last report have been met.",
        "Wessex Police\n\nThe force follows advice\n\nIt recommended that partners meet.",
        "The hearing\n\nI considered it. We do not recommend a new law. I recommend nothing, and no inquiry.",
        "The hearing\n\nWe make the following recommendations to secure value for money.",
        "Recommendations\n\n• We recommended a plan, which should be read.\n• It accepted our recommendation.",
        "Progress on previous recommendations\n\n• It should train all: done.\n\nRecommendation 2: It must.",
        "Recommendations of the 2019 review\n\n• The Home Office should fund it. This has been done.",
        "What it has done about our recommendations of 2024\n\nRecommendation 2, that it should train, has been met.",
        "What we saw\n\nRecommendation 1: train staff\n\nMet. All are trained.\n\nRecommendation 2\n\nStatus: not met",
        "Contents\n\nRecommendations ..... 4\nFindings ..... 5\nAnnex ..... 6\n\nFindings\n\nNone.",
    ],
)
def test_what_is_no_recommendation(text, tmp_path):
    assert recommendations(text, tmp_path) == []


def test_conclusions_are_not_recommendations_though_they_share_a_list(tmp_path):
    text = """
Conclusions and recommendations

1. Plastic is found in all seas. (Paragraph 12)

2. Nobody counts it. We recommend that the Government publish a count each year. (Paragraph 14)

3. The Department should say who pays. (Paragraph 20)

4. Fishermen should have been asked. The Department should have known that. (Paragraph 21)
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, ProposalKind.RECOMMENDATION, "label", "addressee") == [
        ("2", "the Government"),
        ("3", "The Department"),
    ]
    assert [each.confidence for each in reading.of(ProposalKind.RECOMMENDATION)] == [
        Confidence.CERTAIN,
        Confidence.LIKELY,
    ]


def test_numbered_recommendations_are_not_counted_again_where_prose_speaks_of_them(tmp_path):
    listed = "\n\n".join(
        f"Recommendation {n}: The Department should do thing number {n} of the list." for n in range(1, 6)
    )
    text = f"Recommendations\n\n{listed}\n\nWhy\n\nWe recommend that the Department does much, as we say above."
    assert [label for (label,) in recommendations(text, tmp_path, "label")] == ["1", "2", "3", "4", "5"]


def test_paragraphs_that_only_speak_of_recommendations(tmp_path):
    text = """
Chapter 13: Recommendations

13.1 I set out my recommendations here. Those to whom they speak must answer.

13.2 I recommend that all fire services that have a harbour review their plans.

13.3 It is right that the work should begin soon.
"""
    assert recommendations(text, tmp_path, "addressee") == [("all fire services",)]


def test_a_recommendation_told_twice_is_one(tmp_path):
    text = """
Summary of recommendations

Recommendation 1: The Home Office should publish the number of cases that are open.

The inquiry

We looked at cases. The number was not known to anybody who we asked about it.

Recommendation 1: The Home Office should publish the number of cases that are open, each year.

More was said.
"""
    reading = reading_of(text, tmp_path)
    (proposal,) = reading.of(RECOMMENDATION)
    assert len(proposal.blocks) == 2


def test_those_made_before_end_where_the_next_part_begins(tmp_path):
    text = """
Wessex Police

Progress on previous recommendations

- Wessex Police should have a plan: done.

Recommendations

- Wessex Police should read its plan.
"""
    reading = reading_of(text, tmp_path)
    assert values(reading, ProposalKind.RECOMMENDATION, "text") == [("Wessex Police should read its plan.",)]
    unread = {each.text: each.why for each in reading.unread}
    assert unread["Wessex Police should have a plan: done."] == "It tells of recommendations that were made before."


def test_paragraphs_of_a_chapter_of_conclusions_go_on_below_questions(tmp_path):
    text = """
<main><h1>Boats</h1><h2>Chapter 8: Conclusions and recommendations</h2><h3>Harbours (Chapter 2)</h3>
<p>8.1. The idea of a harbour is an old one, and few have asked why.</p><h4>Are harbours safe?</h4>
<p>8.2. Masters of harbours should meet once a year.</p><h3>What it costs</h3><p>8.3. It costs little.</p>
<p>8.4. The Ministry of Works should say how much.</p><h2>Members</h2><p>They should be thanked.</p></main>
"""
    assert values(reading_of_page(text, tmp_path), ProposalKind.RECOMMENDATION, "text") == [
        ("Masters of harbours should meet once a year.",),
        ("The Ministry of Works should say how much.",),
    ]


def test_among_findings_an_item_recommends_only_what_somebody_should_do(tmp_path):
    text = """
Findings and recommendations

1. National guidance is that every key should be counted. We saw 40 keys.

2. Keys were kept in a drawer that should be locked.

3. The Ministry of Works should mend the locks.
"""
    assert recommendations(text, tmp_path, "label") == [("3",)]
