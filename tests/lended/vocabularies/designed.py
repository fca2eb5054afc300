"""The codes that the design names, list by list, to hold the lists against."""

from __future__ import annotations

NEEDS = {
    "reading": "phonics reading_fluency reading_comprehension vocabulary reading_engagement",
    "writing_oracy": "writing_composition spelling_handwriting oral_language oracy_discussion",
    "maths": "number_fluency reasoning_problem_solving misconceptions practice_retention",
    "memory_practice": "retrieval_practice spaced_practice homework_practice revision_exam_prep",
    "explanation_modelling": "worked_examples visualisation_simulation experiments_access",
    "assessment": "formative_assessment diagnostic_question_level summative_tracking"
    " authentic_assessment comparative_judgement early_years_evidence",
    "feedback": "feedback_quality marking_workload essay_marking verbal_feedback",
    "thinking": "metacognition_self_regulation study_habits critical_thinking creativity_making",
    "inclusion": "eal_new_arrivals dyslexia_support slcn_support autism_support semh_support"
    " sensory_physical_access high_prior_attainers adaptive_teaching",
    "motivation_behaviour": "motivation_engagement behaviour_routines attendance wellbeing"
    " online_safety",
    "families": "parental_engagement parent_communication home_learning_access remote_learning",
    "curriculum": "breadth_and_depth scarce_subject_expertise sequencing_planning"
    " lesson_planning_workload cover_lessons careers languages_speaking",
    "collaboration": "collaborative_learning peer_tutoring school_to_school_links",
    "time_distance": "access_to_expertise small_group_remote flexible_time",
    "staff": "cpd_subject_knowledge cpd_pedagogy coaching_observation teacher_digital_confidence"
    " early_career_support",
    "running_the_school": "timetabling admin_workload data_entry safeguarding_recording"
    " reporting_to_parents assessment_analysis finance_procurement",
}
LISTS = {
    "need_group": " ".join(NEEDS),
    "stage": "eyfs ks1 ks2 ks3 ks4 ks5",
    "subject": "english mathematics science art_and_design citizenship computing"
    " design_and_technology languages geography history music physical_education"
    " religious_education relationships_and_health_education eyfs_areas phonics oracy business"
    " economics psychology sociology law media drama dance classics health_and_social_care"
    " vocational_and_t_level careers cross_curricular pastoral whole_school",
    "product_type": "content_resources practice_adaptive assessment_quiz marking_feedback"
    " creation_tool collaboration_communication lms_vle mis parent_app safeguarding"
    " behaviour_attendance send_assistive tutoring_human tutoring_ai simulation_vr_ar"
    " coding_robotics cpd_platform timetabling_admin hardware_device classroom_management"
    " library_reading_scheme other",
    "device": "web_modern windows macos chromeos ipados android interactive_board vr_headset"
    " physical_kit",
    "offline": "yes partly no",
    "devices_needed": "none shared one_to_one teacher_only",
    "price_model": "free freemium per_pupil_year per_teacher_year site_licence_year per_trust"
    " one_off pay_per_use hardware_purchase quote_only",
    "sign_in": "none_needed own_account google microsoft wonde_sso rm_unify clever classlink hwb"
    " glow c2k saml oidc",
    "roster": "csv wonde xporter_groupcall oneroster_1_1 oneroster_1_2 lti_1_1 lti_1_3"
    " google_classroom microsoft_sds scorm xapi open_api",
    "designed_for": "education_from_start adapted general_purpose",
    "role_in_teaching": "supplements enhances replaces",
    "data_role": "processor controller joint",
    "personal_data": "none staff_only pupil_pseudonymous pupil_identified",
    "hosting": "uk eea us other",
    "cyber_essentials": "none basic plus",
    "hazard": "flashing motion sound",
    "setup_effort": "instant light moderate heavy project",
    "evidence_design": "none rationale testimony before_after correlational matched randomised",
    "evidence_independence": "supplier_own supplier_commissioned independent schools_on_lended",
    "evidence_result": "favourable no_clear_difference unfavourable mixed",
    "send_need": "communication_interaction cognition_learning semh sensory_physical",
    "failure_reason": "no_support_in_school no_support_from_supplier"
    " not_embedded_in_everyday_teaching bolt_on_sticking_plaster too_complicated_to_set_up"
    " too_complicated_to_use not_whole_school no_real_need teachers_not_consulted no_time"
    " added_workload competing_initiatives training_missing poor_fit_curriculum poor_fit_age"
    " accessibility_barrier technical_fault device_or_network sign_in_or_integration"
    " data_protection_refused cost_or_terms duplicate_of_existing pupils_disengaged"
    " no_measurable_difference harm_or_safeguarding champion_left trial_too_short"
    " supplier_withdrew",
    "failure_weight": "contributory decisive",
    "failure_hands": "school supplier neither",
    "decline_reason": "none_available age_unsuitable region safeguarding incomplete_information"
    " other",
    "verdict": "met partly not_met cannot_tell",
    "decision": "adopt adopt_with_conditions extend do_not_adopt stopped_early",
    "measure_kind": "work_sample quiz timing_diary lesson_video pupil_voice observation",
    "origin": "teacher school_leaders trust event",
    "criterion_about": "pupil_learning inclusion teacher_time teacher_confidence",
    "school_phase": "nursery primary middle_deemed_primary secondary middle_deemed_secondary"
    " sixteen_plus all_through",
    "school_type_group": "colleges universities independent local_authority_maintained special"
    " welsh other academies free_schools online_provider",
    "line_condition": "ok consumed missing damaged",
}
FACTS = {
    "basics": "runs_on offline devices_needed designed_for role_in_teaching",
    "price": "price_model price_pence price_note vat_included minimum_term_months notice_days"
    " renews_by_itself export_on_leaving",
    "trial": "trial_weeks trial_full_product trial_whole_school trial_max_pupils"
    " trial_max_teachers trial_training trial_named_contact trial_card_required"
    " trial_no_sales_calls trial_deleted_after_days",
    "sign_in": "sign_in rosters",
    "data": "data_role personal_data special_category under_13_accounts contract_article_28"
    " sub_processors_listed hosting retention_days deletion_confirmed assessment_template"
    " ico_registered cyber_essentials multi_factor no_sale_of_data no_third_party_marketing"
    " no_targeted_ads no_third_party_tracking no_cross_app_tracking no_commercial_profiling",
    "ai": "generative_ai trains_on_pupil_data output_labelled educator_can_override",
    "accessibility": "conformance_report wcag independently_audited captions transcripts"
    " text_to_speech high_contrast keyboard switch_access hazards",
    "setup": "setup_effort technician_needed firewall_change training_minutes minimum_age",
    "evidence": "evidence_design evidence_independence evidence_result evidence_participants"
    " evidence_year evidence_country",
}
