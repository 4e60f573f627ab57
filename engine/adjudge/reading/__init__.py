"""Reading plain English: from prose to requirements, from multiple-choice text to questions.

words     text as words with their places
notation  phrases as the knowledge base writes them, and as they are matched
mentions  which phrases a text holds, and which of them are denied
amounts   numbers with their units
prose     what a text states, as requirements with the span each was read from
forms     the forms in which multiple-choice questions are written
choices   what an option proposes
"""
