"""Abbreviations of the field and their names in full, read as one idea whichever is written."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Idea:
    """One idea with its names.

    Parameters
    ----------
    phrases
        Names in full; the first is shown to people.
    short
        Abbreviations read in any case.
    capitals
        Abbreviations read only in capitals, because in small letters they are other words.
    """

    phrases: tuple[str, ...]
    short: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()

    @property
    def term(self) -> str:
        """The term the idea is indexed by, which no word can be mistaken for."""
        return "=" + (self.short + self.capitals)[0].casefold()


IDEAS = (
    Idea(("English as an additional language", "English as a second language",
          "English language learners"), ("eal", "esol"), ("ESL", "ELL")),
    Idea(("special educational needs and disabilities", "special educational needs",
          "special needs", "additional learning needs", "additional support needs"),
         (), ("SEND", "SEN", "ALN", "ASN")),
    Idea(("education, health and care plan",), ("ehcp", "ehcps")),
    Idea(("speech, language and communication needs", "speech and language needs",
          "speech and language difficulties"), ("slcn",)),
    Idea(("social, emotional and mental health",), ("semh",)),
    Idea(("attention deficit hyperactivity disorder",), ("adhd",)),
    Idea(("autism", "autistic spectrum disorder", "autism spectrum disorder",
          "autism spectrum condition", "autistic"), ("asd",), ("ASC",)),
    Idea(("developmental language disorder",), (), ("DLD",)),
    Idea(("specific learning difficulties", "specific learning difficulty"), ("spld",)),
    Idea(("moderate learning difficulties",), (), ("MLD",)),
    Idea(("severe learning difficulties",), (), ("SLD",)),
    Idea(("profound and multiple learning difficulties",), ("pmld",)),
    Idea(("hearing impairment", "hearing impaired"), (), ("HI",)),
    Idea(("visual impairment", "visually impaired", "vision impairment"), (), ("VI",)),
    Idea(("modern foreign languages", "modern languages", "foreign languages"), ("mfl",)),
    Idea(("continuing professional development", "professional development",
          "professional learning"), ("cpd",), ("INSET",)),
    Idea(("Read Write Inc",), ("rwi",)),
    Idea(("systematic synthetic phonics",), (), ("SSP",)),
    Idea(("personal, social, health and economic education",
          "personal, social and health education"), ("pshe",)),
    Idea(("relationships and sex education", "relationships education"), ("rshe",), ("RSE",)),
    Idea(("religious education", "religious studies"), (), ("RE", "RS")),
    Idea(("physical education",), (), ("PE",)),
    Idea(("design and technology",), ("d&t",), ("DT",)),
    Idea(("information and communication technology",), ("ict",)),
    Idea(("artificial intelligence",), (), ("AI",)),
    Idea(("virtual reality",), (), ("VR",)),
    Idea(("augmented reality",), (), ("AR",)),
    Idea(("assessment for learning", "formative assessment"), ("afl",)),
    Idea(("red, amber, green",), (), ("RAG",)),
    Idea(("teaching assistant", "teaching assistants", "learning support assistant"),
         ("tas",), ("TA", "LSA")),
    Idea(("special educational needs coordinator",), ("senco", "sendco", "senco's")),
    Idea(("early career teacher", "newly qualified teacher"), ("ects", "nqt"), ("ECT",)),
    Idea(("pupil premium",), (), ("PP",)),
    Idea(("free school meals",), ("fsm",)),
    Idea(("management information system",), (), ("MIS",)),
    Idea(("virtual learning environment", "learning platform"), ("vle",), ("LMS",)),
    Idea(("science, technology, engineering and mathematics",), (), ("STEM",)),
    Idea(("multi-academy trust",), (), ("MAT",)),
    Idea(("planning, preparation and assessment",), (), ("PPA",)),
    Idea(("augmentative and alternative communication",), ("aac",)),
    Idea(("grammar, punctuation and spelling", "spelling, punctuation and grammar"),
         ("spag",), ("GPS",)),
    Idea(("individual education plan", "individual development plan", "individualised education"),
         ("ieps",), ("IEP", "IDP", "IDPs")),
    Idea(("speech and language therapy", "speech and language therapist"), ("slts",), ("SALT",)),
    Idea(("senior leadership team", "senior leaders"), (), ("SLT",)),
    Idea(("occupational therapy", "occupational therapist"), (), ("OT", "OTs")),
    Idea(("emotional literacy support",), (), ("ELSA",)),
    Idea(("child and adolescent mental health services",), ("camhs",)),
    Idea(("emotionally based school avoidance", "school refusal", "school avoidance"),
         ("ebsa", "ebsna")),
    Idea(("adverse childhood experiences",), (), ("ACE", "ACEs")),
    Idea(("looked-after children", "children looked after"), (), ("LAC", "CLA", "PLAC")),
    Idea(("oppositional defiant disorder",), (), ("ODD",)),
    Idea(("pathological demand avoidance", "demand avoidance"), (), ("PDA",)),
    Idea(("obsessive compulsive disorder",), (), ("OCD",)),
    Idea(("developmental co-ordination disorder", "dyspraxia"), (), ("DCD",)),
    Idea(("fetal alcohol spectrum disorder", "foetal alcohol spectrum disorder"), ("fasd",)),
    Idea(("picture exchange communication",), (), ("PECS",)),
    Idea(("British Sign Language",), ("bsl",)),
    Idea(("pupil referral unit",), ("prus",), ("PRU",)),
    Idea(("additional learning needs coordinator",), ("alnco", "alncos")),
    Idea(("higher level teaching assistant",), ("hlta", "hltas")),
    Idea(("initial teacher training", "initial teacher education"), (), ("ITT", "ITE")),
    Idea(("designated safeguarding lead",), (), ("DSL", "DSLs")),
    Idea(("personal, social and emotional development",), ("psed",)),
    Idea(("spiritual, moral, social and cultural",), ("smsc",)),
    Idea(("grapheme phoneme correspondence",), ("gpcs",), ("GPC",)),
    Idea(("phonics screening check", "phonics screening"), (), ("PSC",)),
    Idea(("multiplication tables check",), (), ("MTC",)),
    Idea(("concrete, pictorial, abstract",), (), ("CPA",)),
    Idea(("question level analysis",), (), ("QLA",)),
    Idea(("quality first teaching",), (), ("QFT",)),
    Idea(("scheme of work", "schemes of work"), (), ("SOW", "SoW", "SOWs", "SoWs")),
    Idea(("mini whiteboards", "mini whiteboard"), (), ("MWB", "MWBs")),
    Idea(("interactive whiteboard", "interactive board"), ("iwb", "iwbs")),
    Idea(("project-based learning", "problem-based learning"), (), ("PBL",)),
    Idea(("universal design for learning",), (), ("UDL",)),
    Idea(("content and language integrated learning",), (), ("CLIL",)),
    Idea(("extended project qualification",), (), ("EPQ",)),
    Idea(("non-examined assessment", "non-exam assessment"), (), ("NEA",)),
    Idea(("computer-aided design",), (), ("CAD",)),
    Idea(("bring your own device",), ("byod",)),
    Idea(("data protection impact assessment",), ("dpia", "dpias")),
    Idea(("digital competence framework",), (), ("DCF",)),
    Idea(("Curriculum for Excellence",), (), ("CfE",)),
    Idea(("Duke of Edinburgh",), ("dofe",)),
)  # fmt: skip
