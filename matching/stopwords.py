"""Words that say little: some are not matched at all, some are weighed down in a need."""

STOP_WORDS = frozenset(
    """
    a about above after again against ain all also although am among an and any are aren arent as at
    be became because become becomes been before being below between both but by can cannot cant
    could couldn couldnt did didn didnt do does doesn doesnt doing don dont down during each either
    else etc even ever every few for from further get gets getting give given go goes going gone got
    had hadn hadnt has hasn hasnt have haven havent having he her here hers herself him himself his
    how however i id if ill im in instead into is isn isnt it its itself ive just let lets like ll
    made make makes making many may maybe me might mine more most mostly much must my myself neither
    nor not now of off often on once one only onto or other others otherwise ought our ours
    ourselves out over own per please put quite rather re really same shall she should shouldn
    shouldnt so some something sometimes soon still such take taken takes taking than thank thanks
    that thats the their theirs them themselves then there therefore these they theyre thing things
    this those though through thus till to too took toward towards under until up upon us ve very
    via was wasn wasnt we well went were weren werent what whatever when whenever where whereas
    whether which while whilst who whoever whole whom whose why will with within without won wont
    would wouldn wouldnt yes yet you your yours yourself yourselves
    """.split()
)
"""Never matched, in needs or in documents; apostrophes are already gone, so don't is dont."""

FILLER_WORDS = frozenset(
    """
    able bit child children class classes classroom club day days difficult difficulty during easier
    easy enough evening evenings everyone feel feeling find finding group hard help helping helps
    hour hours idea ideas improve improving kid kids know learn learner learners learning lesson
    lessons little look looking lot lots manage managing minute minutes monday month months morning
    mornings need needed needing needs new night nights pupil pupils right saturday school schools
    seem seems setting show something start staff struggle struggled struggles struggling student
    students sunday support supporting teach teacher teachers teaching term thing today tool tools
    tried trouble try trying tuesday use used useful using want wanting wants way ways wednesday
    week weekend weekends weekly weeks work working year years youngster youngsters problem problems
    resource resources product products app apps program programme software thursday friday
    """.split()
)
"""What teachers say around their need: matched, but weighed down and never enough by themselves."""
