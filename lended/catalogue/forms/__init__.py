"""Forms of the catalogue: narrowing it, being listed in it, answering who wants to be."""

from lended.catalogue.forms.answering import AnswerForm
from lended.catalogue.forms.filtering import FilterForm
from lended.catalogue.forms.listing import ListingForm, NewListingForm
from lended.catalogue.forms.supplier import DetailsForm, JoinForm

__all__ = [
    "AnswerForm",
    "DetailsForm",
    "FilterForm",
    "JoinForm",
    "ListingForm",
    "NewListingForm",
]
